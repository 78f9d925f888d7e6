// Keeps the links to the consoles of the classes that were opened in this browser, newest first, so
// that a closed tab loses no class. They never leave the browser unless one of them is opened here.
const NAME = "explorer-classes";
const MOST = 20;
const reported = new Map();

const read = () => {
  try {
    const found = JSON.parse(window.localStorage.getItem(NAME) ?? "[]");
    return Array.isArray(found) ? found.filter((item) => typeof item === "string") : [];
  } catch {
    return []; // storage is forbidden, or holds what is not ours
  }
};

export default function (component) {
  const { data, setStateValue } = component;
  const before = read();
  const others = before.filter((item) => item !== data.keep && !data.drop.includes(item));
  const after = (data.keep ? [data.keep, ...others] : others).slice(0, MOST);
  try {
    if (after.length) window.localStorage.setItem(NAME, JSON.stringify(after));
    else window.localStorage.removeItem(NAME);
  } catch {
    // a browser that stores nothing: the host was asked to keep the link in another place
  }
  const told = data.tell ? JSON.stringify(after) : "";
  if (reported.get(data.session) !== told) {
    reported.set(data.session, told);
    setStateValue("found", told);
  }
}
