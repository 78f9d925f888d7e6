// Opens saved picks or a plan: a file that the reader chooses, or what stands after the "#" of a link. Both
// are read here, in the browser. They go to the page as what is typed does: over its own connection,
// in no address and no request.
const most = 120000;

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const tell = (value) => setTriggerValue("told", value);
  const field = parentElement.querySelector("input");
  parentElement.querySelector("span").textContent = data.label;
  field.onchange = async () => {
    const file = field.files[0];
    field.value = ""; // so that the same file can be chosen again
    if (file) {
      tell("file:" + (file.size <= 4 * most ? (await file.text()).slice(0, most + 1) : ""));
    }
  };
  const follow = () => {
    const found = window.location.hash.match(new RegExp(`^#${data.name}=(.*)$`, "s"));
    if (found) {
      // Out of the address at once, so that a bookmark or a screen that is shown does not hold it.
      window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
      tell("link:" + found[1].slice(0, most + 1));
    }
  };
  follow();
  window.addEventListener("hashchange", follow);
  return () => window.removeEventListener("hashchange", follow);
}
