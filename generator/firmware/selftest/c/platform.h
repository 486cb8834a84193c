/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLATFORM_H
#define PLATFORM_H

void platform_print(const char *text);
void platform_exit(void) __attribute__((noreturn));
void platform_paint_stack(void);
unsigned platform_stack_used(void);

/* The instruction counter of count.c notes its count whenever this function is entered. */
void platform_mark(void);

#endif
