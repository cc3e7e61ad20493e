drop table private.applied_mutations;
