// A presenter's remote sends Page Down and Page Up, which press the buttons of the console.
const BUTTONS = { PageDown: "teach-press-main", PageUp: "teach-press-back" };

export default function (component) {
  window.explorerPresenterKeys = component.data.on;
  if (window.explorerPresenterListens) {
    return;
  }
  window.explorerPresenterListens = true;
  document.addEventListener("keydown", (event) => {
    const place = BUTTONS[event.key];
    if (!window.explorerPresenterKeys || !place || event.repeat) {
      return;
    }
    const button = document.querySelector(`.st-key-${place} button`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });
}
