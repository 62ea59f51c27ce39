// Has the language of the page kept on the device once the reader does something, and says when it is.

const ACTS = ["pointerdown", "keydown", "wheel"]; // a page also scrolls by itself, to a heading
const line = /** @type {HTMLElement | null} */ (document.querySelector(".annai-offline"));
const {connection} = /** @type {{connection?: {saveData?: boolean}}} */ (navigator);
const idle = window.requestIdleCallback ?? ((work, limit) => setTimeout(work, limit?.timeout));
const PATIENCE = {timeout: 2000}; // milliseconds: some browsers never are idle

/** @param {HTMLElement} line */
function serve(line) {
  const {folder, worker = "", here = "", cut = "", gone = ""} = line.dataset;
  const container = navigator.serviceWorker;
  let isKept = false;

  function show() {
    if (navigator.onLine) line.textContent = isKept ? here : "";
    else line.textContent = isKept ? cut : gone;
  }

  /** @param {boolean} isToKeep */
  const ask = async (isToKeep) => (await container.ready).active?.postMessage({folder, isToKeep});

  const keep = () => {
    const registered = container.register(worker, {updateViaCache: "none"});
    registered.then(() => ask(true), () => undefined); // a browser may refuse, in a private window
  };

  const act = () => {
    for (const each of ACTS) removeEventListener(each, act);
    addEventListener("online", keep);
    idle(keep, PATIENCE);
  };

  container.addEventListener("message", ({data}) => {
    isKept = data.isKept;
    show();
    line.ariaLive = "polite"; // from now on: what was so before needs no announcement on each page
  });
  for (const each of ["online", "offline"]) addEventListener(each, show);
  show();
  if (container.controller) ask(false);
  if (!connection?.saveData) for (const each of ACTS) addEventListener(each, act, {passive: true});
}

if (line && navigator.serviceWorker) serve(line);

// The page that says that another one is not there leads back to it.
for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-again]"))) {
  link.href = `${link.href}${location.hash.slice(1)}`;
  link.hidden = !location.hash;
}
