import { ToggleGroup } from 'radix-ui'
import { useEffect, useState } from 'react'
import { getInfo, sentenceOf } from '../api/client.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { Button } from '../ui/Button.tsx'
import { Audit } from './Audit.tsx'
import { Connections } from './Connections.tsx'
import { KeepingRuns } from './KeepingRuns.tsx'
import { Network } from './Network.tsx'
import { Code, Part } from './Part.tsx'
import { Prices } from './Prices.tsx'
import { Providers } from './Providers.tsx'
import { Secrets } from './Secrets.tsx'
import { Tokens } from './Tokens.tsx'
import { chooseTheme, chosenTheme, THEMES, type Theme } from './theme.ts'

const PARTS = [
  ['look', 'Look'],
  ['models', 'Models'],
  ['prices', 'Prices'],
  ['connections', 'Connections'],
  ['secrets', 'Secrets'],
  ['tokens', 'API tokens'],
  ['network', 'Network'],
  ['runs', 'Keeping runs'],
  ['audit', 'Audit'],
  ['server', 'Server'],
] as const

/** What can be set in this browser, what the server may reach and knows, and what was done with it. */
export function SettingsPage() {
  const { loaded, reload } = useAnswer('info', getInfo)
  const isThere = loaded.is !== 'loading'
  // An address such as /settings#secrets leads to its part once the page above it has its height.
  useEffect(() => {
    if (isThere) document.getElementById(location.hash.slice(1))?.scrollIntoView()
  }, [isThere])
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[980px] gap-10 px-6 pt-10 pb-24">
        <nav aria-label="Parts of the settings" className="sticky top-10 hidden w-36 shrink-0 self-start md:block">
          <ul className="m-0 flex list-none flex-col gap-0.5 p-0 pt-11">
            {PARTS.map(([id, title]) => (
              <li key={id}>
                <a
                  href={`#${id}`}
                  className="flex h-7 items-center rounded-md px-2.5 text-sm text-text-2 no-underline transition-colors duration-100 hover:bg-surface-2 hover:text-text-1"
                >
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="flex min-w-0 flex-1 flex-col gap-10">
          <h1 className="m-0 text-2xl font-semibold tracking-tight">Settings</h1>
          <Part id="look" title="Look" note="Kept in this browser.">
            <ThemeChoice />
          </Part>
          {loaded.is === 'there' && (
            <Part id="models" title="Models" note="A flow names its provider at the agent; keys never stand in a flow.">
              <Providers providers={loaded.value.providers} />
            </Part>
          )}
          <Prices />
          <Connections onChanged={reload} />
          <Secrets />
          <Tokens />
          {loaded.is === 'there' && <Network {...loaded.value.network} />}
          <KeepingRuns />
          <Audit />
          <Part id="server" title="Server">
            {loaded.is === 'fault' && (
              <>
                <p className="m-0 mb-3 text-sm text-text-2">{sentenceOf(loaded.fault)}</p>
                <Button onClick={reload}>Ask again</Button>
              </>
            )}
            {loaded.is === 'there' && <ServerFacts version={loaded.value.version} />}
          </Part>
        </div>
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
