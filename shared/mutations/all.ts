import type { z } from 'zod';
import { addAddress } from './addresses/add.ts';
import { changeAddress } from './addresses/change.ts';
import { removeAddress } from './addresses/remove.ts';
import { setDefaultAddress } from './addresses/set-default.ts';
import { addLines } from './baskets/add-lines.ts';
import { assignLine } from './baskets/assign-line.ts';
import { createBasket } from './baskets/create.ts';
import { deleteBasket } from './baskets/delete.ts';
import { duplicateBasket } from './baskets/duplicate.ts';
import { mergeBaskets } from './baskets/merge.ts';
import { moveLine } from './baskets/move-line.ts';
import { removeLine } from './baskets/remove-line.ts';
import { renameBasket } from './baskets/rename.ts';
import { restoreBasket } from './baskets/restore.ts';
import { setBasketNotes } from './baskets/set-notes.ts';
import { setQuantity } from './baskets/set-quantity.ts';
import { setBasketTemplate } from './baskets/set-template.ts';
import { setBasketVehicle } from './baskets/set-vehicle.ts';
import { takeLines } from './baskets/take-lines.ts';
import { unmergeBaskets } from './baskets/unmerge.ts';
import { updatePrices } from './baskets/update-prices.ts';
import { setConsent } from './choices/set-consent.ts';
import { setPreference } from './choices/set-preference.ts';
import { noop } from './noop.ts';
import { dismissNotice } from './notices/dismiss.ts';
import { assignOrderVehicle } from './orders/assign-vehicle.ts';
import { setOrderNote } from './orders/set-note.ts';
import { addPhone } from './phones/add.ts';
import { changePhone } from './phones/change.ts';
import { removePhone } from './phones/remove.ts';
import { setProfileField } from './profile/set-field.ts';
import { sendMessage } from './support/send.ts';
import { addVehicles } from './vehicles/add-many.ts';
import { addVehicle } from './vehicles/add.ts';
import { changeVehicles } from './vehicles/change-many.ts';
import { recordMileage } from './vehicles/record-mileage.ts';
import { reinstateVehicle } from './vehicles/reinstate.ts';
import { removeMileage } from './vehicles/remove-mileage.ts';
import { removeVehicles } from './vehicles/remove.ts';
import { retireVehicle } from './vehicles/retire.ts';
import { setVehicleField } from './vehicles/set-field.ts';

/** Every change that people can make, by its name. Names are never reused: changes wait on devices for months. */
export const mutators = {
  [addAddress.name]: addAddress,
  [changeAddress.name]: changeAddress,
  [removeAddress.name]: removeAddress,
  [setDefaultAddress.name]: setDefaultAddress,
  [addLines.name]: addLines,
  [assignLine.name]: assignLine,
  [createBasket.name]: createBasket,
  [deleteBasket.name]: deleteBasket,
  [duplicateBasket.name]: duplicateBasket,
  [mergeBaskets.name]: mergeBaskets,
  [moveLine.name]: moveLine,
  [removeLine.name]: removeLine,
  [renameBasket.name]: renameBasket,
  [restoreBasket.name]: restoreBasket,
  [setBasketNotes.name]: setBasketNotes,
  [setQuantity.name]: setQuantity,
  [setBasketTemplate.name]: setBasketTemplate,
  [setBasketVehicle.name]: setBasketVehicle,
  [takeLines.name]: takeLines,
  [unmergeBaskets.name]: unmergeBaskets,
  [updatePrices.name]: updatePrices,
  [setConsent.name]: setConsent,
  [setPreference.name]: setPreference,
  [dismissNotice.name]: dismissNotice,
  [assignOrderVehicle.name]: assignOrderVehicle,
  [setOrderNote.name]: setOrderNote,
  [addPhone.name]: addPhone,
  [changePhone.name]: changePhone,
  [removePhone.name]: removePhone,
  [setProfileField.name]: setProfileField,
  [sendMessage.name]: sendMessage,
  [addVehicles.name]: addVehicles,
  [addVehicle.name]: addVehicle,
  [changeVehicles.name]: changeVehicles,
  [recordMileage.name]: recordMileage,
  [reinstateVehicle.name]: reinstateVehicle,
  [removeMileage.name]: removeMileage,
  [removeVehicles.name]: removeVehicles,
  [retireVehicle.name]: retireVehicle,
  [setVehicleField.name]: setVehicleField,
  [noop.name]: noop,
} as const;

export type MutationName = keyof typeof mutators;
export type MutationArgs<N extends MutationName> = z.input<(typeof mutators)[N]['args']>;
type BaseOf<M> = M extends { base?: infer B extends z.ZodType | undefined }
  ? B extends z.ZodType
    ? z.input<B>
    : undefined
  : undefined;

/** A change as the window asks for it. */
export type MutationCall = {
  [N in MutationName]: { name: N; args: MutationArgs<N>; base?: BaseOf<(typeof mutators)[N]> };
}[MutationName];
