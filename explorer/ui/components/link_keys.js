// Reads the keys of a class from after the "#" of the address, and writes them there.
const fragment = () => window.location.hash.slice(1);

export default function (component) {
  const { data, setStateValue } = component;
  if (window.self !== window.top) {
    // In a frame of another site a class could be led by presses that the reader does not see.
    setStateValue("framed", true);
    return;
  }
  const report = () => setStateValue("found", fragment() || data.none);
  try {
    if (data.write && fragment() !== data.write) {
      const path = window.location.pathname + window.location.search;
      window.history.replaceState(window.history.state, "", `${path}#${data.write}`);
    } else if (data.clear && fragment()) {
      window.history.replaceState(window.history.state, "", window.location.pathname);
    }
  } catch {
    // a browser that refuses to change its address: the tab's session still holds the keys
  }
  if (!window.explorerLinkKeys) {
    window.addEventListener("hashchange", () => window.explorerLinkKeys());
  }
  window.explorerLinkKeys = report;
  report();
}
