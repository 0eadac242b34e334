export default function ({ data, setTriggerValue }) {
  const take = (event) => {
    const text = event.clipboardData.getData("text");
    if (!event.target.closest?.(".st-key-own_text") || text.length <= data) return;
    event.preventDefault();
    event.stopPropagation();
    setTriggerValue("text", text);
  };
  document.addEventListener("paste", take, true);
  return () => document.removeEventListener("paste", take, true);
}
