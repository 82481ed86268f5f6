import { Menu, type ContextMenuParams, type MenuItemConstructorOptions, type WebContents } from 'electron';
import * as m from '#shared/i18n/generated/messages.js';
import type { Language } from '#main/platform/language.ts';

/** Cut, copy and paste where text can be edited, copy where some is selected; the page draws all other menus itself. */
export function offerContextMenu(contents: WebContents, language: () => Language): void {
  contents.on('context-menu', (_, params) => {
    const template = contextMenuTemplate(params, language());
    if (template.length > 0) Menu.buildFromTemplate(template).popup();
  });
}

export function contextMenuTemplate(
  params: Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>,
  language: Language,
): MenuItemConstructorOptions[] {
  const locale = { locale: language };
  const { editFlags } = params;
  const copy: MenuItemConstructorOptions = {
    role: 'copy',
    label: m.shell_copy({}, locale),
    enabled: editFlags.canCopy,
  };
  if (!params.isEditable) return params.selectionText.trim() ? [copy] : [];
  return [
    { role: 'cut', label: m.shell_cut({}, locale), enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: m.shell_paste({}, locale), enabled: editFlags.canPaste },
    { type: 'separator' },
    { role: 'selectAll', label: m.shell_select_all({}, locale), enabled: editFlags.canSelectAll },
  ];
}
