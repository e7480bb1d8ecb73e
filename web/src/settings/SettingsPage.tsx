import type { ServerInfo } from '@volley/shared/api.ts'
import { ToggleGroup } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { getInfo, sentenceOf } from '../api/client.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { Button } from '../ui/Button.tsx'
import { StatusDot } from '../ui/StatusDot.tsx'
import { chooseTheme, chosenTheme, THEMES, type Theme } from './theme.ts'

/** What can be set in this browser, and what the server is and knows. */
export function SettingsPage() {
  const { loaded, reload } = useAnswer('info', getInfo)
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[760px] flex-col gap-8 px-6 pt-10 pb-16">
        <h1 className="m-0 text-2xl font-semibold tracking-tight">Settings</h1>
        <Part title="Look" note="Kept in this browser.">
          <ThemeChoice />
        </Part>
        {loaded.is === 'fault' && (
          <Part title="Server">
            <p className="m-0 mb-3 text-sm text-text-2">{sentenceOf(loaded.fault)}</p>
            <Button onClick={reload}>Ask again</Button>
          </Part>
        )}
        {loaded.is === 'there' && (
          <>
            <Part title="Models" note="A flow names its provider at the agent; keys never stand in a flow.">
              <Providers providers={loaded.value.providers} />
            </Part>
            <Part title="Server">
              <ServerFacts version={loaded.value.version} />
            </Part>
          </>
        )}
      </div>
    </main>
  )
}

function ThemeChoice() {
  const [theme, setTheme] = useState(chosenTheme)
  return (
    <ToggleGroup.Root
      type="single"
      value={theme}
      aria-label="Theme"
      className="inline-flex w-fit gap-1 rounded-lg border border-line bg-surface-1 p-1"
      onValueChange={(value) => {
        if (value === '') return
        chooseTheme(value as Theme)
        setTheme(value as Theme)
      }}
    >
      {THEMES.map((one) => (
        <ToggleGroup.Item
          key={one}
          value={one}
          className="h-7 rounded-md px-3 text-sm text-text-2 first-letter:uppercase hover:text-text-1 data-[state=on]:bg-surface-3 data-[state=on]:font-medium data-[state=on]:text-text-1"
        >
          {one}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}

function Providers({ providers }: { providers: ServerInfo['providers'] }) {
  return (
    <>
      <ul className="m-0 list-none overflow-hidden rounded-[11px] border border-line bg-surface-1 p-0">
        {providers.map((provider) => (
          <li key={provider.name} className="flex items-start gap-3 border-line px-4 py-3 not-last:border-b">
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
        <p className="m-0">To add a key, set it in the environment and start Volley again, for example:</p>
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

function ServerFacts({ version }: { version: string }) {
  return (
    <dl className="m-0 grid grid-cols-[120px_1fr] gap-x-4 gap-y-2 text-sm">
      <dt className="text-text-2">Version</dt>
      <dd className="m-0 font-mono text-xs leading-5">{version}</dd>
      <dt className="text-text-2">Address</dt>
      <dd className="m-0 font-mono text-xs leading-5">{location.origin}</dd>
      <dt className="text-text-2">Data</dt>
      <dd className="m-0 text-text-2">
        Flows and runs are kept by the server in its data folder: the one that <Code>VOLLEY_DATA</Code> names, else{' '}
        <Code>.volley</Code> in the folder it was started in. This browser keeps the theme, the sizes of the panels, and
        changes that have not reached the server yet.
      </dd>
    </dl>
  )
}

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="m-0 text-sm font-semibold">{title}</h2>
      {note && <p className="m-0 text-xs text-text-2">{note}</p>}
      <div className="mt-3">{children}</div>
    </section>
  )
}

const Code = ({ children }: { children: string }) => (
  <code className="font-mono text-[0.92em] text-text-1">{children}</code>
)

const modelsOf = (models: readonly string[]) =>
  models.length > 0 ? models.join(', ') : 'Ready; any model name it knows.'
