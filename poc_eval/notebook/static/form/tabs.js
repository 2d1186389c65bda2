/** The same record in two tabs: what is typed in one appears in the other, and so does what was acknowledged. */

/**
 * @param {import("./record.js").RecordState} state
 * @param {{refresh: () => void, saver: import("./saver.js").Saver}} form
 * @returns {() => void} ends the connection
 */
export function joinTabs(state, form) {
  const { outbox } = state;
  const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(outbox.prefix) : null;
  const off = [
    state.on("typed", (field) => channel?.postMessage({ typed: field, entry: outbox.get(field) })),
    state.on("acknowledged", ({ reply, changes }) => channel?.postMessage({ reply, changes })),
    state.on("moved", () => channel?.postMessage({ moved: true })),
  ];
  channel?.addEventListener("message", ({ data }) => {
    if (data.moved) form.refresh();
    else if (data.typed) state.overhear(data.typed, data.entry);
    else if (data.reply) {
      state.acknowledge(data.reply, data.changes);
      form.saver.rest(data.reply.saved_at);
    }
  });
  /** @param {StorageEvent} event */
  const stored = (event) => {
    if (!event.key?.startsWith(outbox.prefix)) return;
    if (event.newValue !== null) state.overhear(event.key.slice(outbox.prefix.length), null);
    else if (!channel) form.refresh();
  };
  window.addEventListener("storage", stored);
  return () => {
    off.forEach((stop) => stop());
    channel?.close();
    window.removeEventListener("storage", stored);
  };
}
