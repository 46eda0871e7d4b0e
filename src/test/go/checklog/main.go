// Checklog verifies a served log of the bank with code that is not the bank's:
// golang.org/x/mod/sumdb/note and tlog. It prints what holds and exits with 0,
// or says what does not and exits with 1.
//
//	checklog KEY ADDRESS OLDER PROOF CONSISTENCY
//
// KEY is the log's verifier key, ADDRESS where the log is served, OLDER a file
// with an older checkpoint, PROOF a .tlog-proof file whose extra line is the
// record, CONSISTENCY a file with the hashes, in base64 and one a line, that
// lead from OLDER to the checkpoint in PROOF.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8
const width = 1 << height

var address string

func main() {
	log.SetFlags(0)
	if len(os.Args) != 6 {
		log.Fatal("checklog KEY ADDRESS OLDER PROOF CONSISTENCY")
	}
	key, err := note.NewVerifier(os.Args[1])
	if err != nil {
		log.Fatal("the key: ", err)
	}
	address = strings.TrimSuffix(os.Args[2], "/")
	older := open(key, read(os.Args[3]))
	newer := checkProof(key, read(os.Args[4]))
	checkConsistency(older, newer, read(os.Args[5]))
	served := open(key, fetch("checkpoint"))
	checkTiles(served)
	fmt.Printf("all holds: sizes %d, %d and %d\n", older.N, newer.N, served.N)
}

func read(file string) []byte {
	data, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	return data
}

func fetch(path string) []byte {
	answer, err := http.Get(address + "/" + path)
	if err != nil {
		log.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		log.Fatal(path, ": ", answer.Status, " ", err)
	}
	return data
}

// open splits the three lines itself: tlog.ParseTree knows one origin only.
func open(key note.Verifier, data []byte) tlog.Tree {
	opened, err := note.Open(data, note.VerifierList(key))
	if err != nil {
		log.Fatal("the checkpoint: ", err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != key.Name() || lines[3] != "" {
		log.Fatalf("not a checkpoint of %s: %q", key.Name(), opened.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		log.Fatal("the size: ", err)
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		log.Fatal("the root: ", err)
	}
	return tlog.Tree{N: size, Hash: root}
}

func hashes(lines []string) []tlog.Hash {
	var all []tlog.Hash
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			log.Fatal("a hash: ", err)
		}
		all = append(all, hash)
	}
	return all
}

func checkProof(key note.Verifier, data []byte) tlog.Tree {
	parts := strings.SplitN(string(data), "\n\n", 2)
	lines := strings.Split(parts[0], "\n")
	if len(parts) != 2 || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		log.Fatal("not a proof")
	}
	record, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		log.Fatal("the extra line: ", err)
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		log.Fatal("the index: ", err)
	}
	tree := open(key, []byte(parts[1]))
	if err := tlog.CheckRecord(hashes(lines[3:]), tree.N, tree.Hash, index,
		tlog.RecordHash(record)); err != nil {
		log.Fatal("inclusion: ", err)
	}
	return tree
}

func checkConsistency(older, newer tlog.Tree, data []byte) {
	if err := tlog.CheckTree(hashes(strings.Fields(string(data))), newer.N, newer.Hash,
		older.N, older.Hash); err != nil {
		log.Fatal("consistency: ", err)
	}
}

type served struct{}

func (served) Height() int                         { return height }
func (served) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (served) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		all = append(all, fetch("tile/"+strings.TrimPrefix(tile.Path(), "tile/8/")))
	}
	return all, nil
}

// checkTiles proves every record that the log serves by the tiles that it serves.
func checkTiles(tree tlog.Tree) {
	reader := tlog.TileHashReader(tree, served{})
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil || root != tree.Hash {
		log.Fatal("the tiles do not have the root that was signed: ", err)
	}
	for first := int64(0); first < tree.N; first += width {
		count := tree.N - first
		if count > width {
			count = width
		}
		tile := tlog.Tile{H: height, L: -1, N: first / width, W: int(count)}
		path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
		checkBundle(fetch(path), reader, first, count)
	}
}

func checkBundle(data []byte, reader tlog.HashReader, first, count int64) {
	var indexes []int64
	var records []tlog.Hash
	for len(data) > 0 {
		length := int(binary.BigEndian.Uint16(data))
		records = append(records, tlog.RecordHash(data[2:2+length]))
		data = data[2+length:]
		indexes = append(indexes, tlog.StoredHashIndex(0, first+int64(len(indexes))))
	}
	leaves, err := reader.ReadHashes(indexes)
	if err != nil || int64(len(leaves)) != count {
		log.Fatalf("%d leaves where %d are: %v", len(leaves), count, err)
	}
	for i, leaf := range leaves {
		if leaf != records[i] {
			log.Fatalf("record %d is not the one in the tree", first+int64(i))
		}
	}
}
