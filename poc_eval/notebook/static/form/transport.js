/** How the form asks: over HTTP where the server can be reached, else through the kernel. */

const REST_PATIENCE = 4000;
const KERNEL_PATIENCE = 6000;
const REST_PAUSE = 2000;

/** @type {import("./types").Reply} */
const NOBODY = { status: 0, body: {} };

/**
 * Return the settings that JupyterLab wrote into its page, or nothing outside of it.
 *
 * @returns {{api: string | null, token: string}}
 */
export function pageSettings() {
  try {
    const said = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
    if (!said.baseUrl) return { api: null, token: "" };
    const base = new URL(said.baseUrl, location.href).href;
    return { api: `${base.replace(/\/$/, "")}/poc-eval/api/`, token: said.token ?? "" };
  } catch {
    return { api: null, token: "" };
  }
}

/**
 * Return the transport over HTTP.
 *
 * @param {{api: string, token?: string, workspace?: string | null, notebook?: string | null}} settings
 * @returns {import("./types").Transport}
 */
export function restTransport({ api, token = "", workspace = null, notebook = null }) {
  return {
    async request(method, path, body, { keepalive = false, patience = REST_PATIENCE } = {}) {
      const url = new URL(path, api);
      if (workspace) url.searchParams.set("workspace", workspace);
      if (notebook) url.searchParams.set("notebook", notebook);
      /** @type {Record<string, string>} */
      const headers = { Accept: "application/json" };
      if (body !== undefined) headers["Content-Type"] = "application/json";
      if (token) headers.Authorization = `token ${token}`;
      const xsrf = /(?:^|;\s*)_xsrf=([^;]*)/.exec(document.cookie);
      if (xsrf) headers["X-XSRFToken"] = xsrf[1];
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), patience);
      try {
        const response = await fetch(url, {
          method,
          headers,
          body: body === undefined ? undefined : JSON.stringify(body),
          cache: "no-store",
          credentials: "same-origin",
          keepalive,
          signal: stop.signal,
        });
        return { status: response.status, body: await response.json() };
      } catch {
        // No network, no answer in time, or an answer that is not ours: for the form nobody is there.
        return NOBODY;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/**
 * Return the transport through the kernel: one custom message there, one back.
 *
 * @param {any} model the widget's model
 * @returns {import("./types").Transport}
 */
export function kernelTransport(model) {
  let count = 0;
  return {
    patience: KERNEL_PATIENCE + 1000,
    request(method, path, body, { patience = KERNEL_PATIENCE } = {}) {
      count += 1;
      const ask = `${Date.now()}-${count}`;
      return new Promise((resolve) => {
        /** @param {import("./types").Reply} reply */
        const finish = (reply) => {
          clearTimeout(timer);
          model.off("msg:custom", hear);
          resolve(reply);
        };
        /** @param {any} message */
        const hear = (message) => {
          if (message?.answers === ask) finish({ status: message.status, body: message.body });
        };
        const timer = setTimeout(() => finish(NOBODY), patience);
        model.on("msg:custom", hear);
        try {
          model.send({ ask, method, path, body: body ?? null });
        } catch {
          finish(NOBODY);
        }
      });
    },
  };
}

/**
 * Return a transport that asks the first of several, and the next one while the first is silent.
 *
 * A silent one is asked again after a pause, so the form comes back to HTTP by itself.
 *
 * @param {import("./types").Transport[]} transports
 * @returns {import("./types").Transport}
 */
export function firstThatAnswers(transports) {
  const silentUntil = transports.map(() => 0);
  return {
    async request(method, path, body, options) {
      let last = NOBODY;
      for (const [place, transport] of transports.entries()) {
        const spare = place < transports.length - 1;
        if (spare && Date.now() < silentUntil[place]) continue;
        const patience = options?.patience ?? transport.patience;
        last = await patiently(transport.request(method, path, body, options), patience);
        if (last.status !== 0 && !(spare && notForUs(path, last))) return last;
        silentUntil[place] = Date.now() + REST_PAUSE;
      }
      return last;
    },
  };
}

/**
 * True where an answer only says that this server is not the one: not logged in, another workspace, unknown here.
 *
 * @param {string} path
 * @param {import("./types").Reply} reply
 */
function notForUs(path, reply) {
  if ([401, 403, 404, 502, 504].includes(reply.status)) return true;
  return reply.status === 409 && !/\/(submit|conclude)\b/.test(path);
}

/**
 * Answer "nobody" where a transport fails or does not come back in time.
 *
 * @param {Promise<import("./types").Reply>} asked
 * @param {number} [patience]
 * @returns {Promise<import("./types").Reply>}
 */
async function patiently(asked, patience = REST_PATIENCE) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<import("./types").Reply>} */
  const limit = new Promise((resolve) => {
    timer = setTimeout(() => resolve(NOBODY), patience);
  });
  try {
    return await Promise.race([asked, limit]);
  } catch {
    return NOBODY;
  } finally {
    clearTimeout(timer);
  }
}
