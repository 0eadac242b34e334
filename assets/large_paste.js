export default function ({ data, setTriggerValue }) {
  const take = (event) => {
    const text = event.clipboardData.getData("text");
    if (!event.target.closest?.(data.box) || text.length <= data.most) return;
    event.preventDefault();
    event.stopPropagation();
    setTriggerValue("text", text);
  };
  document.addEventListener("paste", take, true);
  return () => document.removeEventListener("paste", take, true);
}
