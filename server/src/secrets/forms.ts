/** Shorter values are not searched for: they occur in every second text by chance, and would black out half of a trace. */
export const SHORTEST_SEARCHED = 4

/**
 * Every way in which a secret is looked for in a text: as it is, percent-encoded (also as forms do it, and with small digits), escaped as
 * in a JSON text, and as base64 at each of the three places where its bytes can begin in a group, in both alphabets.
 */
export function formsOf(value: string): string[] {
  const forms = new Set<string>()
  for (const plain of new Set([value, value.trim()])) {
    if (plain.length < SHORTEST_SEARCHED) continue
    forms.add(plain)
    for (const form of [...escaped(plain), ...percentEncoded(plain.toWellFormed()), ...base64(plain)]) forms.add(form)
  }
  return [...forms].filter((form) => form.length >= SHORTEST_SEARCHED)
}

function percentEncoded(text: string): string[] {
  const component = encodeURIComponent(text)
  const strict = component.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  const form = new URLSearchParams({ '': text }).toString().slice(1)
  const lower = (encoded: string) => encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
  const query = new URL(`http://x/?${component}`).search.slice(1)
  return [component, strict, form, encodeURI(text), query, component.replaceAll('%2F', '/')].flatMap((encoded) => [
    encoded,
    lower(encoded),
  ])
}

/** As it stands inside a JSON text, and inside a JSON text that is itself a string of one. */
function escaped(text: string): string[] {
  const inside = (plain: string) => JSON.stringify(plain).slice(1, -1)
  const ascii = (json: string) =>
    json.replace(/[^\x20-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const once = inside(text)
  const variants = [once, ascii(once), once.replaceAll('/', '\\/'), ascii(once).replaceAll('/', '\\/')]
  return [...variants, ...variants.map(inside)]
}

/** Only the digits that the secret alone decides, so that it is found whatever stands before and after it. */
function base64(text: string): string[] {
  const bytes = Buffer.from(text, 'utf8')
  return [0, 1, 2].flatMap((before) => {
    const digits = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const begin = Math.ceil((before * 8) / 6)
    const sure = digits.slice(begin, Math.floor(((before + bytes.length) * 8) / 6))
    // Where nothing follows, the last digit and the padding are known too.
    return [sure, digits.slice(begin)].flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
  })
}
