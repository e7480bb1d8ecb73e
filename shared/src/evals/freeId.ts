/** An id that nothing has yet, made of one that is taken: `two-ports` gives `two-ports-2`, that gives `two-ports-3`. */
export function freeId(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id
  const [, stem = id, last = '1'] = /^(.*?)(?:-(\d{1,6}))?$/s.exec(id) ?? []
  for (let number = Number(last) + 1; ; number++) {
    const free = `${stem.slice(0, 190)}-${number}`
    if (!taken.has(free)) return free
  }
}
