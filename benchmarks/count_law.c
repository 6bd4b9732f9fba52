/* The twenty rules of count_law.md in C, over natural types or over codes of one byte.
 *
 * Run by benchmarks.count: FOLDER PERSONS natural|coded. Loads the columns, says "ready", and takes its
 * turns as count_serving.py says.
 *
 * Every condition is a comparison that gives 0 or 1 and every joining a bitwise one, so that the
 * compiler can work on many persons at once; countries are looked up by blocks before that, because
 * a table look-up in the same loop would keep it from doing so.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static const double TURN = 0.1; /* seconds of processor that a turn lasts at least */
enum { BLOCK = 4096, FIELDS = 22, COUNTRIES = 256 };

typedef int8_t i8;
typedef uint8_t u8;

/* In the order of `FIELDS` in count_law.py. */
static const size_t NATURAL_BYTES[FIELDS] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                             2, 2, 2, 2, 4, 4, 1, 2, 2};
static u8 at_war[COUNTRIES], friends[COUNTRIES], safe_passage[COUNTRIES];

/* What both programs say of one person, from named tests. */
#define RULES(i)                                                                                  \
    u8 excluded = convicted & VERY_SERIOUS & (DANGER_TO_LIFE ^ 1);               /* 3.1, 3.2 */   \
    u8 full = (GRAVE_HARM & REAL & HAS_GROUND & (excluded ^ 1))                  /* 1.1 */        \
              | (DANGER_TO_LIFE & NEAR)                                          /* 1.2 */        \
              | (MASS_KILLING & (POSSIBLY_NEAR | POSSIBLE));                     /* 1.3 */        \
    u8 temporary = (DEPRIVATION & MORE_LIKELY & CHIEF_GROUND & (excluded ^ 1))   /* 1.4 */        \
                   | (WAR & HARDSHIP & ((SAFE & (family_here ^ 1)) ^ 1))         /* 1.5, 3.3 */   \
                   | (stateless & (unaccompanied | family_here) & DEPRIVATION);  /* 1.6 */        \
    u8 tolerated = (claims & (SAFE ^ 1) & ((absconded & (unaccompanied ^ 1)) ^ 1)) /* 1.7, 3.4 */ \
                   | (unaccompanied & MINOR)                                     /* 1.8 */        \
                   | (recognised & (SOME_TIES | family_here));                   /* 1.9 */        \
    temporary |= full;                                                                            \
    tolerated |= temporary;                                                                       \
    protection[i] = full + temporary + tolerated;                                                 \
    u8 registered = (claims & STAY_6) | (lawful_entry & WORK_3);                 /* 2.1, 2.2 */   \
    u8 renewable = (STAY_24 & INCOME_12000 & ((absconded & (lawful_entry ^ 1)) ^ 1)) /* 2.3, 3.5 */ \
                   | (family_here & SOME_TIES & STAY_12)                         /* 2.4 */        \
                   | (MINOR & STAY_36);                                          /* 2.5 */        \
    u8 harmless = SERIOUS ^ 1;                                                   /* 3.6 */        \
    u8 long_term = (STAY_60 & LANGUAGE_40 & ABSENT_180 & harmless)               /* 2.6 */        \
                   | (lawful_entry & WORK_48 & INCOME_20000 & harmless)          /* 2.7 */        \
                   | (recognised & STAY_36);                                     /* 2.8 */        \
    u8 settled = ((convicted & PUBLIC_ORDER) | OVER_A_YEAR) ^ 1;                 /* 3.7 */        \
    u8 permanent = ((STAY_96 & LANGUAGE_60 & STRONG_TIES)                        /* 2.9 */        \
                    | (stateless & STAY_60 & ABSENT_90)                          /* 2.10 */       \
                    | (FRIEND & WORK_120 & LANGUAGE_50))                         /* 2.11 */       \
                   & settled;                                                                     \
    long_term |= permanent;                                                                       \
    renewable |= long_term;                                                                       \
    registered |= renewable;                                                                      \
    residence[i] = permanent + long_term + renewable + registered;

#define YES_NO(i)                                                                                 \
    u8 claims = c0[i], lawful_entry = c1[i], convicted = c2[i], unaccompanied = c3[i],            \
       stateless = c4[i], family_here = c5[i], absconded = c6[i], recognised = c7[i];

#define GRAVE_HARM (degree[i] >= 3)
#define DANGER_TO_LIFE (degree[i] >= 4)
#define MASS_KILLING (degree[i] >= 5)
#define DEPRIVATION (degree[i] >= 2)
#define HARDSHIP (degree[i] >= 1)
#define POSSIBLY_NEAR (immediacy[i] >= 1)
#define NEAR (immediacy[i] >= 2)
#define POSSIBLE (likelihood[i] >= 2)
#define REAL (likelihood[i] >= 3)
#define MORE_LIKELY (likelihood[i] >= 4)
#define PUBLIC_ORDER (threat[i] >= 2)
#define SERIOUS (threat[i] >= 3)
#define VERY_SERIOUS (threat[i] >= 4)
#define SOME_TIES (ties[i] >= 1)
#define STRONG_TIES (ties[i] >= 2)
#define HAS_GROUND (ground[i] >= 1)

#define SCALES                                                                                    \
    const u8 *restrict degree = c[8], *restrict immediacy = c[9], *restrict likelihood = c[10],   \
             *restrict threat = c[11], *restrict ties = c[12], *restrict ground = c[19];          \
    const u8 *restrict c0 = c[0], *restrict c1 = c[1], *restrict c2 = c[2], *restrict c3 = c[3],  \
             *restrict c4 = c[4], *restrict c5 = c[5], *restrict c6 = c[6], *restrict c7 = c[7];

#define STAY_6 (stay[i] >= 6)
#define STAY_12 (stay[i] >= 12)
#define STAY_24 (stay[i] >= 24)
#define STAY_36 (stay[i] >= 36)
#define STAY_60 (stay[i] >= 60)
#define STAY_96 (stay[i] >= 96)
#define WORK_3 (work[i] >= 3)
#define WORK_48 (work[i] >= 48)
#define WORK_120 (work[i] >= 120)
#define ABSENT_90 (absent[i] <= 90)
#define ABSENT_180 (absent[i] <= 180)
#define OVER_A_YEAR (absent[i] > 365)
#define LANGUAGE_40 (language[i] >= 40)
#define LANGUAGE_50 (language[i] >= 50)
#define LANGUAGE_60 (language[i] >= 60)
#define MINOR (age[i] < 6575)
#define INCOME_12000 (income[i] >= 1200000)
#define INCOME_20000 (income[i] >= 2000000)
#define CHIEF_GROUND ((ground[i] >= 1) & (ground[i] <= 3))
#define WAR (war[i])
#define FRIEND (friend[i])
#define SAFE (safe[i])

static void natural_block(size_t size, void *const *c, size_t from, u8 *restrict protection,
                          u8 *restrict residence)
{
    u8 war[BLOCK], friend[BLOCK], safe[BLOCK];
    const int16_t *restrict origin = (const int16_t *)c[20] + from;
    const int16_t *restrict transit = (const int16_t *)c[21] + from;
    for (size_t i = 0; i < size; i++) {
        war[i] = at_war[(u8)origin[i]];
        friend[i] = friends[(u8)origin[i]];
        safe[i] = safe_passage[(u8)transit[i]];
    }
    const int16_t *restrict stay = (const int16_t *)c[13] + from;
    const int16_t *restrict work = (const int16_t *)c[14] + from;
    const int16_t *restrict absent = (const int16_t *)c[15] + from;
    const int16_t *restrict language = (const int16_t *)c[16] + from;
    const int32_t *restrict age = (const int32_t *)c[17] + from;
    const int32_t *restrict income = (const int32_t *)c[18] + from;
    SCALES
    degree += from, immediacy += from, likelihood += from, threat += from, ties += from;
    ground += from, c0 += from, c1 += from, c2 += from, c3 += from, c4 += from, c5 += from;
    c6 += from, c7 += from;
    for (size_t i = 0; i < size; i++) {
        YES_NO(i)
        RULES(i)
    }
}

static void natural(size_t size, void *const *c, u8 *protection, u8 *residence)
{
    for (size_t from = 0; from < size; from += BLOCK) {
        size_t now = size - from < BLOCK ? size - from : BLOCK;
        natural_block(now, c, from, protection + from, residence + from);
    }
}

#undef STAY_6
#undef STAY_12
#undef STAY_24
#undef STAY_36
#undef STAY_60
#undef STAY_96
#undef WORK_3
#undef WORK_48
#undef WORK_120
#undef ABSENT_90
#undef ABSENT_180
#undef OVER_A_YEAR
#undef LANGUAGE_40
#undef LANGUAGE_50
#undef LANGUAGE_60
#undef MINOR
#undef INCOME_12000
#undef INCOME_20000
#undef CHIEF_GROUND
#undef WAR
#undef FRIEND
#undef SAFE

/* Codes: how many thresholds are not above the number; classes of ground, origin and transit. */
#define STAY_6 (stay[i] >= 1)
#define STAY_12 (stay[i] >= 2)
#define STAY_24 (stay[i] >= 3)
#define STAY_36 (stay[i] >= 4)
#define STAY_60 (stay[i] >= 5)
#define STAY_96 (stay[i] >= 6)
#define WORK_3 (work[i] >= 1)
#define WORK_48 (work[i] >= 2)
#define WORK_120 (work[i] >= 3)
#define ABSENT_90 (absent[i] < 1)
#define ABSENT_180 (absent[i] < 2)
#define OVER_A_YEAR (absent[i] >= 3)
#define LANGUAGE_40 (language[i] >= 1)
#define LANGUAGE_50 (language[i] >= 2)
#define LANGUAGE_60 (language[i] >= 3)
#define MINOR (age[i] < 1)
#define INCOME_12000 (income[i] >= 1)
#define INCOME_20000 (income[i] >= 2)
#define CHIEF_GROUND (ground[i] == 1)
#define WAR (origin[i] == 1)
#define FRIEND (origin[i] == 2)
#define SAFE (transit[i] == 1)

static void coded(size_t size, void *const *c, u8 *restrict protection, u8 *restrict residence)
{
    const u8 *restrict stay = c[13], *restrict work = c[14], *restrict absent = c[15],
             *restrict language = c[16], *restrict age = c[17], *restrict income = c[18],
             *restrict origin = c[20], *restrict transit = c[21];
    SCALES
    for (size_t i = 0; i < size; i++) {
        YES_NO(i)
        RULES(i)
    }
}

static double seconds(struct timeval t) { return t.tv_sec + t.tv_usec / 1e6; }

static void load(const char *folder, const char *name, void *into, size_t bytes)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file || fread(into, 1, bytes, file) != bytes) {
        fprintf(stderr, "cannot read %s\n", name);
        exit(2);
    }
    fclose(file);
}

int main(int count, char **words)
{
    if (count != 4)
        return 2;
    size_t size = strtoull(words[2], NULL, 10);
    int is_natural = !strcmp(words[3], "natural");
    size_t of_person = 0;
    for (int n = 0; n < FIELDS; n++)
        of_person += is_natural ? NATURAL_BYTES[n] : 1;
    char *persons = malloc(size * of_person + 64);
    u8 groups[3 * COUNTRIES];
    load(words[1], is_natural ? "natural.bin" : "coded.bin", persons, size * of_person);
    load(words[1], "groups.bin", groups, sizeof groups);
    memcpy(at_war, groups, COUNTRIES);
    memcpy(friends, groups + COUNTRIES, COUNTRIES);
    memcpy(safe_passage, groups + 2 * COUNTRIES, COUNTRIES);
    void *columns[FIELDS];
    char *at = persons;
    for (int n = 0; n < FIELDS; n++) {
        columns[n] = at;
        at += size * (is_natural ? NATURAL_BYTES[n] : 1);
    }
    puts("\"ready\"");
    fflush(stdout);
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        double wall = 0, cpu = 0;
        int runs = 0;
        unsigned long long sums[2];
        long peak = 0;
        while (cpu < TURN) {
            struct rusage before, after;
            struct timespec began, ended;
            getrusage(RUSAGE_SELF, &before);
            clock_gettime(CLOCK_MONOTONIC, &began);
            /* outputs are made anew each time, as the other engines make theirs */
            u8 *protection = malloc(size), *residence = malloc(size);
            (is_natural ? natural : coded)(size, columns, protection, residence);
            clock_gettime(CLOCK_MONOTONIC, &ended);
            getrusage(RUSAGE_SELF, &after);
            wall += ended.tv_sec - began.tv_sec + (ended.tv_nsec - began.tv_nsec) / 1e9;
            cpu += seconds(after.ru_utime) + seconds(after.ru_stime) - seconds(before.ru_utime)
                   - seconds(before.ru_stime);
            peak = after.ru_maxrss;
            runs++;
            sums[0] = sums[1] = 0;
            for (size_t i = 0; i < size; i++) {
                sums[0] += protection[i];
                sums[1] += residence[i];
            }
            free(protection);
            free(residence);
        }
        printf("{\"wall\": %.9f, \"cpu\": %.9f, \"peak_mb\": %.1f, \"sums\": [%llu, %llu]}\n",
               wall / runs, cpu / runs, peak / 1024.0, sums[0], sums[1]);
        fflush(stdout);
    }
    return 0;
}
