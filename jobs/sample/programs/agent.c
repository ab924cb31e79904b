/* The stand-in of a native payload: connects to the recorder on the loopback and answers its
 * commands "list DIR", "pack DIR" and "exit"; what it sends is masked by a one-byte key.
 * usage: agent PORT
 */
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 1024, KEY = 0x2a };

static int peer;

static void send_masked(const char *bytes, size_t size) {
  char block[BLOCK];
  for (size_t i = 0; i < size; i++) block[i] = bytes[i] ^ KEY;
  send(peer, block, size, 0);
}

static void send_file(const char *path) {
  char block[BLOCK];
  int file = open(path, O_RDONLY);
  if (file < 0) return;
  for (ssize_t got; (got = read(file, block, BLOCK)) > 0;) send_masked(block, got);
  close(file);
}

static void answer(const char *folder, int with_contents) {
  DIR *entries = opendir(folder);
  if (!entries) return;
  for (struct dirent *entry; (entry = readdir(entries));) {
    char path[PATH_MAX], line[PATH_MAX + 32];
    struct stat about;
    if (snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >= PATH_MAX) continue;
    if (lstat(path, &about)) continue;
    int size = snprintf(line, sizeof line, "%s %ld\n", entry->d_name, (long)about.st_size);
    send_masked(line, size < BLOCK ? size : BLOCK);
    if (with_contents && S_ISREG(about.st_mode)) send_file(path);
  }
  closedir(entries);
}

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  alarm(60);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  peer = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(peer, (struct sockaddr *)&address, sizeof address)) return 1;
  char command[BLOCK + 1];
  for (ssize_t got; (got = recv(peer, command, BLOCK, 0)) > 0;) {
    command[got] = 0;
    command[strcspn(command, "\n")] = 0;
    if (!strcmp(command, "exit")) break;
    char *workspace =
        mmap(NULL, 1 << 16, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (strlen(command) > 5) answer(command + 5, !strncmp(command, "pack", 4));
    munmap(workspace, 1 << 16);
    send_masked("\n.\n", 3);
  }
  shutdown(peer, SHUT_RDWR);
  close(peer);
  return 0;
}
