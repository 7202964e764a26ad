// Leaves only what holds the words that are typed. Without it the page shows all.
const field = document.getElementById("find");
field.hidden = false;
field.addEventListener("input", () => {
  const words = field.value.trim().toLowerCase();
  for (const one of document.querySelectorAll("article, main li"))
    one.hidden = words !== "" && !one.textContent.toLowerCase().includes(words);
});
