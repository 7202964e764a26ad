// Hundreds of pictures of an old shop: sent by the handful, since one request takes twenty files. A
// handful that is lost on the way is sent again; the form goes on where it was.
const AT_ONCE = 12;

for (const form of document.querySelectorAll("[data-handful]")) {
  form.addEventListener("submit", (event) => {
    const input = form.querySelector("input[type=file]");
    if (input.files.length <= AT_ONCE) return;
    event.preventDefault();
    send(form, [...input.files], form.querySelector("[data-handful-progress]"));
  });
}

async function send(form, files, bar) {
  form.querySelector("[type=submit]").disabled = true;
  bar.hidden = false;
  for (let start = 0; start < files.length; start += AT_ONCE) {
    const body = new FormData(form);
    body.delete("pictures");
    for (const file of files.slice(start, start + AT_ONCE)) body.append("pictures", file);
    while (!(await arrived(form.action, body))) await new Promise((rest) => setTimeout(rest, 3000));
    bar.value = (100 * Math.min(start + AT_ONCE, files.length)) / files.length;
  }
  location.reload();
}

async function arrived(action, body) {
  const answer = await fetch(action, { method: "POST", body, redirect: "manual" }).catch(() => null);
  return answer !== null && answer.status <= 500; // a refusal is told by the page afterwards
}
