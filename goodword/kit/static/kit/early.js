// Before the first paint: pages may show what only works with JavaScript.
document.documentElement.classList.add("js");
