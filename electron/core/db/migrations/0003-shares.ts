/** What of an order is for which of its vehicles. */
export const sql = `
-- null: the whole order, which is so for nearly all of them
ALTER TABLE order_vehicle ADD COLUMN excl_share INTEGER;
ALTER TABLE order_vehicle ADD COLUMN incl_share INTEGER;
-- As the totals have them so far: the order's own vehicle has everything.
UPDATE order_vehicle SET excl_share = 0, incl_share = 0
  WHERE ord IN (SELECT pk FROM orders WHERE vehicles IS NOT NULL) AND vehicle <> (SELECT vehicle FROM orders WHERE pk = ord);
`;

/** They are for several vehicles. */
export const ordersAgain = 'vehicles IS NOT NULL';
