drop table private.device_sign_outs;
drop table private.session_devices;
