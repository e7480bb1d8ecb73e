import type { ServerInfo } from '@volley/shared/api.ts'
import { StatusDot } from '../ui/StatusDot.tsx'
import { Code, LIST, ROW } from './Part.tsx'

/** The providers that a flow can name, and how to get those that are missing. */
export function Providers({ providers }: { providers: ServerInfo['providers'] }) {
  return (
    <>
      <ul aria-label="Providers" className={LIST}>
        {providers.map((provider) => (
          <li key={provider.name} className={ROW}>
            <StatusDot status={provider.available ? 'succeeded' : 'skipped'} className="mt-[6px]" />
            <div className="min-w-0 flex-1">
              <p className="m-0 text-sm font-medium">
                {provider.label}{' '}
                <span className="ml-1 font-mono text-2xs font-normal text-text-3">{provider.name}</span>
              </p>
              <p className="m-0 text-xs text-text-2">
                {provider.available ? modelsOf(provider.models) : (provider.reason ?? 'Not set up.')}
              </p>
            </div>
            <span className={`text-xs ${provider.available ? 'text-succeeded-text' : 'text-text-3'}`}>
              {provider.available ? 'ready' : 'not ready'}
            </span>
          </li>
        ))}
      </ul>
      <div className="mt-3 text-xs leading-relaxed text-text-2">
        <p className="m-0">
          For a key of your own, add a connection below, or set it in the environment and start Volley again, for
          example:
        </p>
        <pre className="mt-2 mb-0 overflow-x-auto rounded-md border border-line bg-surface-2 p-2.5 font-mono text-[11.5px] text-text-1">
          {'OPENAI_API_KEY=… npm start\nANTHROPIC_API_KEY=… npm start'}
        </pre>
        <p className="mt-2 mb-0">
          <Code>OPENAI_BASE_URL</Code> and <Code>ANTHROPIC_BASE_URL</Code> point to a compatible server instead.
        </p>
      </div>
    </>
  )
}

const modelsOf = (models: readonly string[]) =>
  models.length > 0 ? models.join(', ') : 'Ready; any model name it knows.'
