// Writes to, clears and reads the tab's sessionStorage. A browser that forbids storage throws at
// the first touch, even at reading the property: that is reported, and never shown as an error.
const reported = new Map();

// A server that starts anew knows nothing of the tab until it is asked something, and what the tab holds
// then undoes what was pressed or typed to ask it. So the session is woken as soon as the line is back.
const wakers = new Set();
let wasLost = false;
new MutationObserver(() => {
  const app = document.querySelector("[data-testid=stApp]");
  const isConnected = app?.dataset.testConnectionState === "CONNECTED";
  if (isConnected && wasLost) {
    [...wakers].at(-1)?.();
  }
  wasLost = app !== null && !isConnected;
}).observe(document.body, {
  attributeFilter: ["data-test-connection-state"],
  subtree: true,
});

export default function (component) {
  const { data, setStateValue, setTriggerValue } = component;
  const wake = () => setTriggerValue("woken", true);
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
  wakers.add(wake);
  return () => wakers.delete(wake);
}
