/* The stand-in of a program that a poisoned document takes over: shows the text of a document
 * record by record; a record marked "S" is gathered as the second stage, written beside the
 * document and run.
 * usage: viewer DOCUMENT STAGE INTERPRETER
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RECORD = 256, LARGEST_STAGE = 1 << 16, KEY = 0x2a };

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  alarm(60);
  int document = open(argv[1], O_RDONLY);
  struct stat about;
  if (document < 0 || fstat(document, &about)) return 1;
  char *stage = mmap(NULL, LARGEST_STAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (stage == MAP_FAILED) return 1;
  char record[RECORD];
  size_t staged = 0;
  for (off_t at = 0; at < about.st_size; at += RECORD) {
    lseek(document, at, SEEK_SET);
    ssize_t got = read(document, record, RECORD);
    if (got < 2) break;
    if (record[0] != 'S') {
      if (write(STDOUT_FILENO, record + 1, got - 1) < 0) return 1;
      continue;
    }
    for (ssize_t i = 1; i < got && staged < LARGEST_STAGE; i++) stage[staged++] = record[i] ^ KEY;
  }
  close(document);
  if (staged == 0) return 0;

  mprotect(stage, LARGEST_STAGE, PROT_READ);
  int file = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0600);
  for (size_t at = 0; at < staged; at += RECORD) {
    size_t part = staged - at < RECORD ? staged - at : RECORD;
    if (write(file, stage + at, part) < 0) return 1;
  }
  fchmod(file, 0700);
  close(file);
  pid_t child = fork();
  if (child == 0) {
    execl(argv[3], argv[3], argv[2], (char *)NULL);
    _exit(127);
  }
  int status;
  waitpid(child, &status, 0);
  unlink(argv[2]);
  munmap(stage, LARGEST_STAGE);
  return 0;
}
