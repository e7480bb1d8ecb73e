import type { NetworkRules } from '@volley/shared/api.ts'
import { ShieldCheck } from 'lucide-react'
import { Code, LIST, Part, ROW } from './Part.tsx'

/** What tools may reach: to be read here, and changed only by who starts the server. */
export function Network({ exceptions, codeFetch }: NetworkRules) {
  return (
    <Part
      id="network"
      title="Network"
      note="Tools reach public addresses alone, decided on the address a connection is really made to, and never Volley itself. Exceptions are the operator’s: no flow and nobody on this page can add one."
    >
      {exceptions.length === 0 ? (
        <p className="m-0 flex items-center gap-2 rounded-xl border border-line bg-surface-1 px-4 py-3 text-sm text-text-2">
          <ShieldCheck size={14} aria-hidden className="shrink-0 text-succeeded-text" />
          No exceptions: private addresses, this machine among them, are out of reach for tools.
        </p>
      ) : (
        <ul aria-label="Exceptions" className={LIST}>
          {exceptions.map((exception) => (
            <li key={exception} className={ROW}>
              <code className="min-w-0 flex-1 font-mono text-sm break-all">{exception}</code>
              <span className="text-xs text-text-2">reached although private</span>
            </li>
          ))}
        </ul>
      )}
      <div className="mt-3 flex flex-col gap-2 text-xs leading-relaxed text-text-2">
        <p className="m-0">
          To change them, set <Code>VOLLEY_EGRESS_ALLOW</Code> to hosts, host:port or ranges of addresses, separated by
          commas, and start Volley again:
        </p>
        <pre className="m-0 overflow-x-auto rounded-md border border-line bg-surface-2 p-2.5 font-mono text-[11.5px] text-text-1">
          VOLLEY_EGRESS_ALLOW=10.0.0.0/8,stock.internal:8080 npm start
        </pre>
        <p className="m-0">
          {codeFetch ? (
            <>
              The code of tools has a <Code>fetch</Code>, by these same rules. Without <Code>VOLLEY_CODE_FETCH=on</Code>{' '}
              it has none.
            </>
          ) : (
            <>
              The code of tools has no <Code>fetch</Code>. <Code>VOLLEY_CODE_FETCH=on</Code> gives it one, by these same
              rules.
            </>
          )}
        </p>
        <p className="m-0">Models and MCP servers are reached at the addresses of their connections.</p>
      </div>
    </Part>
  )
}
