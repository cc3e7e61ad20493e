-- A legacy log stays, with the shape, the rights and the rows that it had.
select private.undo_table('VC Usage');
