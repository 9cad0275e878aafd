// A press beside a dialog closes it. A drag that only began or ended there – words that are selected – does not:
// its click goes to what holds both ends, which is the dialog.

/** Do something when the reader presses beside a dialog. */
export function onPressBeside(dialog, act) {
  const beside = ({ target, clientX: x, clientY: y }) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    return target === dialog && (x < left || x > right || y < top || y > bottom);
  };
  let began = false;
  dialog.addEventListener("pointerdown", (event) => (began = beside(event)));
  dialog.addEventListener("click", (event) => began && beside(event) && act());
}
