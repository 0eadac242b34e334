/* Controls that a lesson locks: they are seen, and neither pointer nor keys move them. */

let watching;

export default function ({ data }) {
  const lock = () => {
    for (const one of document.querySelectorAll("[data-locked]"))
      if (!data.selector || !one.matches(data.selector)) hold(one, false);
    if (data.selector) document.querySelectorAll(data.selector).forEach((one) => hold(one, true));
  };
  watching?.disconnect();
  watching = new MutationObserver(lock);
  lock();
  if (data.selector) watching.observe(document.querySelector(".stApp"), { childList: true, subtree: true });
}

function hold(element, locked) {
  if (element.inert === locked) return;
  element.inert = locked;
  element.toggleAttribute("data-locked", locked);
}
