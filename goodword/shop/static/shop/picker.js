// Choosing a variant: its price stands in the bar, and no more can be ordered than are there.
const form = document.getElementById("buy");
const price = document.querySelector("[data-buy-price]");
const quantity = form?.querySelector("input[name=quantity]");

function follow() {
  const chosen = form.querySelector("input[name=variant]:checked");
  if (!chosen) return;
  if (price) {
    const shown = document.createElement("span");
    shown.className = "price__now";
    shown.textContent = chosen.dataset.price;
    const box = document.createElement("span");
    box.className = "price";
    box.append(shown);
    price.replaceChildren(box);
  }
  if (quantity) {
    quantity.max = String(Math.min(99, Number(chosen.dataset.pieces)));
    if (Number(quantity.value) > Number(quantity.max)) quantity.value = quantity.max;
  }
}

if (form) {
  form.addEventListener("change", follow);
  follow();
}
