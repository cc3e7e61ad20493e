drop table private.judged_mutations;
