// Counts the checks that were begun in this browser, in localStorage: one number and the name of the
// check that was counted last, so that a reload counts none twice. A browser that forbids storage
// throws at the first touch; then nothing is reported, and the record says that there is no count.
const MOST = 9999;
let reported = "";

export default function (component) {
  const { data, setStateValue } = component;
  try {
    const store = window.localStorage;
    let held = {};
    try {
      held = JSON.parse(store.getItem(data.name) ?? "{}") ?? {};
    } catch {
      // whatever else stands there is no count
    }
    let count = Number.isInteger(held.count) && held.count > 0 ? held.count : 0;
    if (held.last !== data.check) {
      count = Math.min(count + 1, MOST);
      store.setItem(data.name, JSON.stringify({ count, last: data.check }));
    }
    const told = `${data.check} ${count}`;
    if (reported !== told) {
      reported = told;
      setStateValue("told", told);
    }
  } catch {
    // no storage, no count
  }
}
