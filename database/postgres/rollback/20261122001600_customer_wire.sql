drop view private.customer_wire;
drop function private.utc_text;
