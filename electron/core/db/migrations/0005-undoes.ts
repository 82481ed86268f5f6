/** Which change one takes back: the two together are as if neither had been made, and what came before them can be taken back as well. */
export const sql = 'ALTER TABLE changes ADD COLUMN undoes BLOB;';
