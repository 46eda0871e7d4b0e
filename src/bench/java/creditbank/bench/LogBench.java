package creditbank.bench;

import creditbank.proof.ConsistencyProof;
import creditbank.proof.Hash;
import creditbank.proof.InclusionProof;
import creditbank.proof.LogReader;
import creditbank.proof.Tree;
import creditbank.publishing.TreeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;

/** How fast a tree grows and how long a proof takes, on files, beside what the hashes alone cost. */
final class LogBench {

    private static final int AT_ONCE = 1_000;
    private static final int ROUNDS = 5;
    private static final int PROOFS = 2_000;

    /**
     * @param hashesPerSecond  pairs of one of 33 bytes and one of 65, as each record needs them, in
     *                         one thread
     * @param recordsPerSecond into the tree, forced at the end; like the hashes, the best of five
     */
    record Result(double hashesPerSecond, double recordsPerSecond, double medianProofMillis,
            double p99ProofMillis, double medianConsistencyMillis) {
    }

    private LogBench() {
    }

    static Result run(Path folder, int records) throws Exception {
        Random random = new Random(1);
        byte[] page = new byte[AT_ONCE * Hash.SIZE];
        random.nextBytes(page);
        double hashes = 0;
        double perSecond = 0;
        try (TreeFiles tree = new TreeFiles(folder.resolve("log"))) {
            for (int round = 0; round < ROUNDS; round++) {
                hashes = Math.max(hashes, hashes(records));
                tree.cutTo(0);
                long start = System.nanoTime();
                for (int at = 0; at < records; at += AT_ONCE) {
                    tree.append(page);
                }
                tree.force();
                perSecond = Math.max(perSecond, records / seconds(start));
            }
            LogReader log = reader(tree);
            for (int i = 0; i < PROOFS; i++) {
                new Tree(log, records).inclusion(random.nextInt(records));
            }
            double[] inclusion = new double[PROOFS];
            double[] consistency = new double[PROOFS];
            long leaves = 0;
            for (int i = 0; i < PROOFS; i++) {
                long start = System.nanoTime();
                InclusionProof proof = new Tree(log, records).inclusion(random.nextInt(records));
                inclusion[i] = 1_000 * seconds(start);
                start = System.nanoTime();
                ConsistencyProof other =
                        new Tree(log, records).consistency(1 + random.nextInt(records));
                consistency[i] = 1_000 * seconds(start);
                leaves += proof.hashes().size() + other.hashes().size();
            }
            if (leaves == 0) {
                throw new IllegalStateException("no proof has a hash");
            }
            Arrays.sort(inclusion);
            Arrays.sort(consistency);
            return new Result(hashes, perSecond, inclusion[PROOFS / 2],
                    inclusion[PROOFS * 99 / 100], consistency[PROOFS / 2]);
        }
    }

    private static double hashes(int count) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] leaf = new byte[33];
        byte[] node = new byte[65];
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            digest.update(leaf);
            digest.digest(node, 1, Hash.SIZE);
            digest.update(node);
            digest.digest(leaf, 1, Hash.SIZE);
        }
        return count / seconds(start);
    }

    private static LogReader reader(TreeFiles tree) {
        return new LogReader() {
            @Override
            public byte[] checkpoint() {
                return new byte[0];
            }

            @Override
            public byte[] tile(int level, long index, int width) throws IOException {
                return tree.tile(level, index, width);
            }

            @Override
            public byte[] entries(long index, int width) throws IOException {
                return tree.entries(index, width);
            }
        };
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
