/* Share: copy the link of the page as it stands, and have the server show it, whole and as a QR code.

   The link is the address, which says all that is not as usual, with the step that is shown and the
   language, which else the reader's browser would choose. */

export default function ({ data, parentElement, setTriggerValue }) {
  const button = parentElement.querySelector("button");
  button.querySelector("span").textContent = data.word;
  button.title = data.help;
  button.onclick = async () => {
    dispatchEvent(new Event("tell-link")); // the companion's: where the player is just now
    const link = linkOf(data);
    setTriggerValue("shared", { link, copied: await copy(link) });
  };
}

function linkOf({ names, language }) {
  const url = new URL(location.href);
  const said = [...url.searchParams].filter(([name]) => names.includes(name));
  url.search = new URLSearchParams([...said, ["lang", language]]);
  url.hash = "";
  return url.href;
}

/* Without HTTPS, as on a school's server, a browser has only the old way. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }
}
