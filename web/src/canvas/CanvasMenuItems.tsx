import type { Point } from '@volley/shared/flow/flow.ts'
import { AlignStartVertical, Plus } from 'lucide-react'
import type { RefObject } from 'react'
import type { Action } from '../actions/action.ts'
import { addNote } from '../actions/addNote.ts'
import { addToolOfKind } from '../actions/addTool.ts'
import { alignActions, distributeActions } from '../actions/align.ts'
import { deleteSelected } from '../actions/deleteSelected.ts'
import { fitView } from '../actions/fitView.ts'
import { pasteCopied } from '../actions/pasteCopied.ts'
import { selectAll } from '../actions/selectAll.ts'
import { showCommands } from '../actions/showCommands.ts'
import { showFind } from '../actions/showFind.ts'
import { snapToGrid } from '../actions/snapToGrid.ts'
import { tidyUp } from '../actions/tidyUp.ts'
import { TOOL_KINDS } from '../actions/toolKinds.ts'
import { zoomToSelection } from '../actions/zoomToSelection.ts'
import { ActionItem } from '../menus/ActionItem.tsx'
import { EDGE_ACTIONS, SEVERAL_ACTIONS, TOOL_ACTIONS } from '../menus/selectionActions.ts'
import { useChoices } from '../state/choices.ts'
import { currentFlow } from '../state/flowStore.ts'
import { type Selected, selectedIn } from '../state/selection.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { MenuItem, MenuSeparator, SubMenu } from '../ui/Menu.tsx'

const ITEMS: Record<Exclude<Selected['is'], 'nothing' | 'several'>, readonly Action[]> = {
  tool: TOOL_ACTIONS,
  edge: EDGE_ACTIONS,
  note: [zoomToSelection, deleteSelected],
  agent: [zoomToSelection, tidyUp],
}

/** What can be done with what is selected; made anew each time the menu opens, since only then it is known where. */
export function CanvasMenuItems({ at }: { at: RefObject<Point> }) {
  const { selection } = useSessionStore.getState()
  const { is } = selectedIn(currentFlow(), selection)
  if (is === 'nothing') return <OfCanvas at={at.current} />
  if (is === 'several') return <OfSeveral />
  return ITEMS[is].map((action) => <Item key={action.name} action={action} />)
}

function Item({ action }: { action: Action }) {
  return (
    <>
      {action === deleteSelected && <MenuSeparator />}
      <ActionItem action={action} />
    </>
  )
}

function OfSeveral() {
  return (
    <>
      {SEVERAL_ACTIONS.filter((action) => action !== deleteSelected).map((action) => (
        <ActionItem key={action.name} action={action} />
      ))}
      <MenuSeparator />
      <ActionItem action={tidyUp} />
      <SubMenu title="Align" icon={<AlignStartVertical size={14} />}>
        {[...alignActions, ...distributeActions].map((action) => (
          <ActionItem key={action.name} action={action} />
        ))}
      </SubMenu>
      <ActionItem action={zoomToSelection} />
      <MenuSeparator />
      <ActionItem action={deleteSelected} />
    </>
  )
}

function OfCanvas({ at }: { at: Point }) {
  const snapsToGrid = useChoices((store) => store.snapsToGrid)
  return (
    <>
      <SubMenu title="Add a tool here" icon={<Plus size={14} />}>
        {TOOL_KINDS.map(({ kind, title, icon: Icon }) => (
          <MenuItem key={kind} icon={<Icon size={14} />} onSelect={() => addToolOfKind(kind, { at })}>
            {title}
          </MenuItem>
        ))}
      </SubMenu>
      <ActionItem action={addNote} />
      <ActionItem action={pasteCopied} />
      <MenuSeparator />
      <ActionItem action={selectAll} />
      <ActionItem action={tidyUp} />
      <ActionItem action={fitView} />
      <ActionItem action={snapToGrid} checked={snapsToGrid} />
      <MenuSeparator />
      <ActionItem action={showFind} />
      <ActionItem action={showCommands} />
    </>
  )
}
