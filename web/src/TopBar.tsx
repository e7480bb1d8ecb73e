import { ChevronDown, CircleAlert, CircleCheck, Cpu, Ellipsis, History, Loader } from 'lucide-react'
import { Link, useLocation, useRoute } from 'wouter'
import { perform, useEnabled } from './actions/action.ts'
import { exportAs, exportFlow, exportProgram, FORMAT_LABELS, OTHER_FORMATS } from './actions/exportFlow.ts'
import { onMac, showKeys } from './actions/keys.ts'
import { redoChange } from './actions/redoChange.ts'
import { runFlow } from './actions/runFlow.ts'
import { showCommands } from './actions/showCommands.ts'
import { showFind } from './actions/showFind.ts'
import { showImport } from './actions/showImport.ts'
import { showShortcuts } from './actions/showShortcuts.ts'
import { showVersions } from './actions/showVersions.ts'
import { stopFlow } from './actions/stopFlow.ts'
import { tidyUp } from './actions/tidyUp.ts'
import { undoChange } from './actions/undoChange.ts'
import { FlowName } from './FlowName.tsx'
import { ActionItem } from './menus/ActionItem.tsx'
import { ProblemsButton } from './ProblemsButton.tsx'
import { paths } from './routes.ts'
import { saveWords } from './state/autosave.ts'
import { useFlow, useFlowStore } from './state/flowStore.ts'
import { AGENT, useSessionStore } from './state/sessionStore.ts'
import { ThemeToggle } from './ThemeToggle.tsx'
import { Button } from './ui/Button.tsx'
import { cx } from './ui/cx.ts'
import { IconButton } from './ui/IconButton.tsx'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from './ui/Menu.tsx'
import { Tooltip } from './ui/Tooltip.tsx'

/** The line over everything: where one is, whether it is saved, and Run. */
export function TopBar() {
  const [isEditor] = useRoute('/flows/:id')
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface-1 px-3.5 max-[900px]:py-1.5">
      <Link href={paths.home} className="flex items-center gap-2 rounded-md text-[15px] font-semibold text-text-1">
        <Logo />
        <span className="max-[700px]:sr-only">Volley</span>
      </Link>
      {isEditor && <FlowState />}
      <Places isEditor={isEditor} />
      <span className="flex-1" />
      {isEditor ? <FlowButtons /> : <ThemeToggle />}
    </header>
  )
}

function FlowState() {
  const version = useFlowStore((store) => store.version)
  return (
    <div className="flex min-w-0 items-center gap-1.5">
      <FlowName />
      <Tooltip text="Versions">
        <button
          type="button"
          onClick={() => perform(showVersions)}
          className="inline-flex h-[22px] shrink-0 items-center gap-1.5 rounded-md border border-line bg-surface-2 px-1.5 text-2xs text-text-2 hover:border-line-strong"
        >
          <History size={11} aria-hidden />
          <span className="sr-only">{showVersions.name}</span>
          <span aria-hidden>{version === null ? 'new' : `v${version}`}</span>
        </button>
      </Tooltip>
      <SaveState />
      <ProblemsButton />
    </div>
  )
}

/** Whether the document is safe, in words: for eyes and for those who listen. */
function SaveState() {
  const save = useFlowStore((store) => store.save)
  const isNew = useFlowStore((store) => store.flowId === null)
  const isGood = save.is === 'saved'
  const isBusy = save.is === 'saving' || save.is === 'unsaved'
  if (isGood && isNew) return null
  return (
    <span
      role="status"
      title={'message' in save ? save.message : undefined}
      className={cx(
        'inline-flex h-[22px] min-w-0 items-center gap-1.5 rounded-md border px-1.5 text-2xs',
        isGood && 'border-succeeded/40 text-succeeded-text',
        isBusy && 'border-line text-text-2',
        !isGood && !isBusy && 'border-waiting/50 text-waiting-text',
      )}
    >
      {isGood ? (
        <CircleCheck size={11} aria-hidden className="shrink-0" />
      ) : isBusy ? (
        <Loader size={11} aria-hidden className="shrink-0" />
      ) : (
        <CircleAlert size={11} aria-hidden className="shrink-0" />
      )}
      <span className="truncate">{saveWords(save, isNew)}</span>
    </span>
  )
}

function Places({ isEditor }: { isEditor: boolean }) {
  const [path] = useLocation()
  const flowId = useFlowStore((store) => store.flowId)
  const opened = useFlowStore((store) => store.opened)
  const design = opened === 0 ? paths.home : flowId === null ? paths.newFlow : paths.flow(flowId)
  const places = [
    { name: 'Design', href: isEditor ? path : design, isHere: isEditor || path === paths.home },
    { name: 'Runs', href: paths.runs, isHere: path.startsWith('/runs') || path.startsWith('/compare') },
    { name: 'Evals', href: paths.evals, isHere: path.startsWith('/evals') },
    { name: 'Settings', href: paths.settings, isHere: path.startsWith('/settings') },
  ]
  return (
    <nav aria-label="Places" className="flex items-center gap-0.5 max-[900px]:order-last max-[900px]:basis-full">
      {places.map(({ name, href, isHere }) => (
        <Link
          key={name}
          href={href}
          aria-current={isHere ? 'page' : undefined}
          className="inline-flex h-[30px] items-center rounded-lg px-3 text-sm font-medium text-text-2 hover:text-text-1 aria-[current=page]:bg-surface-3 aria-[current=page]:text-text-1"
        >
          {name}
        </Link>
      ))}
    </nav>
  )
}

function FlowButtons() {
  const model = useFlow((flow) => `${flow.agent.model} · ${flow.agent.parallelism ?? 'graph'}`)
  const canRun = useEnabled(runFlow)
  const canStop = useEnabled(stopFlow)
  const ImportIcon = showImport.icon
  const ExportIcon = exportFlow.icon
  return (
    <div className="flex shrink-0 items-center gap-2">
      <button
        type="button"
        title="The agent's model and how parallel it works"
        onClick={() => useSessionStore.getState().select([AGENT])}
        className="inline-flex h-[22px] max-w-56 items-center gap-1.5 rounded-md border border-line bg-surface-2 px-1.5 text-2xs text-text-2 hover:border-line-strong max-[1180px]:hidden"
      >
        <Cpu size={11} aria-hidden className="shrink-0" />
        <span className="truncate">{model}</span>
      </button>
      <ThemeToggle />
      <Menu trigger={<IconButton label="Menu" icon={<Ellipsis size={15} />} />}>
        <ActionItem action={showCommands} />
        <ActionItem action={showFind} />
        <ActionItem action={showShortcuts} />
        <MenuSeparator />
        <ActionItem action={undoChange} />
        <ActionItem action={redoChange} />
        <ActionItem action={tidyUp} />
        <MenuSeparator />
        <ActionItem action={showVersions} />
      </Menu>
      <IconButton label={showImport.name} icon={<ImportIcon size={15} />} onClick={() => perform(showImport)} />
      <span className="flex">
        <Button
          className="rounded-r-none"
          icon={<ExportIcon size={14} aria-hidden />}
          onClick={() => perform(exportFlow)}
        >
          {exportFlow.name}
        </Button>
        <Menu
          trigger={
            <button
              type="button"
              aria-label="Other formats"
              className="inline-flex h-[30px] w-6 items-center justify-center rounded-r-lg border border-l-0 border-line-strong bg-surface-2 text-text-2 hover:bg-surface-3"
            >
              <ChevronDown size={13} aria-hidden />
            </button>
          }
        >
          <MenuItem hint="whole flow" onSelect={() => perform(exportFlow)}>
            {FORMAT_LABELS.volley}
          </MenuItem>
          <MenuItem hint="whole flow" onSelect={() => void exportProgram()}>
            {FORMAT_LABELS.typescript}
          </MenuItem>
          <MenuLabel>Its tools alone</MenuLabel>
          {OTHER_FORMATS.map((format) => (
            <MenuItem key={format} onSelect={() => void exportAs(format)}>
              {FORMAT_LABELS[format]}
            </MenuItem>
          ))}
        </Menu>
      </span>
      <Button icon={<stopFlow.icon size={13} aria-hidden />} disabled={!canStop} onClick={() => perform(stopFlow)}>
        {stopFlow.name}
      </Button>
      <Button
        variant="primary"
        data-tour="run"
        icon={<runFlow.icon size={13} aria-hidden />}
        disabled={!canRun}
        onClick={() => perform(runFlow)}
      >
        {runFlow.name}
        <span
          aria-hidden
          className="ml-0.5 inline-flex h-[17px] items-center rounded-sm border border-current/35 px-1 font-mono text-[10px]"
        >
          {showKeys('Mod+Enter', onMac())}
        </span>
      </Button>
    </div>
  )
}

function Logo() {
  return (
    <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <g fill="none" stroke="var(--accent)" strokeWidth="3" strokeLinecap="round">
        <path d="M4.5 18 8 6.5" />
        <path d="M10.7 18 14.2 6.5" />
        <path d="M16.9 18 20.4 6.5" />
      </g>
    </svg>
  )
}
