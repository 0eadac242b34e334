/* The record of what one has predicted, answered and reached, kept by the browser and by nobody else.

   What the server says anew is merged into what is kept, entry by entry, so that two tabs lose
   nothing of each other. The rule is that of core.learning.progress: of an entry the later one
   counts, and what is older than the last reset of either side is gone. A session is told once what
   is kept, and only if there is anything: nobody waits for it. Fields that are not known here stay. */

const PLACE = "neuron_ladder_record";
let told; // the session that knows what is kept

export default function ({ data, setTriggerValue }) {
  const kept = read();
  if (data.session !== told) {
    told = data.session;
    if (Object.keys(kept.entries).length) setTriggerValue("kept", JSON.stringify(kept));
  }
  if (data.news) write(merged(kept, JSON.parse(data.news)));
}

function read() {
  const none = { format: 1, since: 0, entries: {} };
  try {
    const kept = { ...none, ...JSON.parse(localStorage.getItem(PLACE)) };
    return kept.format === 1 && typeof kept.entries === "object" ? kept : none;
  } catch {
    return none; // no storage, or not ours
  }
}

function write(record) {
  try {
    localStorage.setItem(PLACE, JSON.stringify(record));
  } catch {
    // a browser that keeps nothing: the record lasts as long as the visit
  }
}

function merged(kept, news) {
  const since = Math.max(kept.since, news.since);
  const entries = {};
  for (const one of [kept, news]) {
    for (const [name, entry] of Object.entries(one.entries)) {
      const [at, , tries] = entry;
      if (one.since < since && at <= since) continue;
      const before = entries[name];
      if (!before || before[0] < at || (before[0] === at && before[2] < tries)) entries[name] = entry;
    }
  }
  return { ...kept, ...news, since, entries };
}
