// Writes to, clears and reads the tab's sessionStorage. A browser that forbids storage throws at
// the first touch, even at reading the property: that is reported, and never shown as an error.
const reported = new Map();

export default function (component) {
  const { data, setStateValue } = component;
  const report = (field, value) => {
    // The module outlives the server's session (a restart, a long absence): a new one asks again.
    const name = `${data.name} ${data.action} ${data.session ?? ""} ${field}`;
    if (reported.get(name) !== value) {
      reported.set(name, value);
      setStateValue(field, value);
    }
  };
  try {
    const store = window.sessionStorage;
    if (data.action === "save") {
      store.setItem(data.name, data.value);
    } else if (data.action === "clear") {
      store.removeItem(data.name);
    } else {
      report("found", store.getItem(data.name) ?? "");
    }
  } catch {
    report("denied", true);
  }
}
