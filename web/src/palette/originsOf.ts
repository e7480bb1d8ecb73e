import type { Flow } from '@volley/shared/flow/flow.ts'

/** Where the http tools that name a secret send it; nothing where an address is not known before its arguments are. */
export function originsOf(flow: Flow, secret: string): string[] {
  const users = flow.tools.flatMap(({ run }) =>
    run.kind === 'http' && JSON.stringify(run).includes(`{{secret.${secret}}}`) ? [run.url] : [],
  )
  const origins = users.map((url) => /^https?:\/\/[^/?#{}]+(?=[/?#]|$)/i.exec(url)?.[0] ?? null)
  const known = origins.flatMap((origin) => (origin !== null && URL.canParse(origin) ? [new URL(origin).origin] : []))
  return known.length === origins.length ? [...new Set(known)] : []
}
