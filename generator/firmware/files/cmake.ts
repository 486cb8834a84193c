/** CMakeLists.txt: a static library for a plain CMake tree, a library of a Zephyr application when Zephyr is found. */
import type { BundleSources } from '../sources.ts';

export function cmakeFile({ compiled, runtime }: BundleSources): string {
  const { dependency } = runtime;
  const lines = [
    '# SPDX-License-Identifier: Apache-2.0',
    '# add_subdirectory() this folder and link to `escapement_kernel`.',
    'cmake_minimum_required(VERSION 3.13)',
    'if(NOT PROJECT_NAME)',
    `  project(escapement_kernel ${(dependency?.languages ?? ['C']).join(' ')})`,
    'endif()',
    '',
  ];
  if (dependency)
    lines.push(
      `# ${dependency.name}, revision ${dependency.revision}: ${dependency.url}`,
      `set(ESCAPEMENT_RUNTIME_DIR "" CACHE PATH "Source tree of ${dependency.name}")`,
      'if(NOT ESCAPEMENT_RUNTIME_DIR)',
      `  message(FATAL_ERROR "Set ESCAPEMENT_RUNTIME_DIR to a source tree of ${dependency.name}")`,
      'endif()',
      ...dependency.cmake,
      '',
    );
  lines.push(
    `add_library(escapement_kernel STATIC\n${compiled.map((file) => `  src/${file}`).join('\n')})`,
    'target_include_directories(escapement_kernel PUBLIC ${CMAKE_CURRENT_LIST_DIR}/src)',
    'set_target_properties(escapement_kernel PROPERTIES C_STANDARD 99 C_EXTENSIONS ON)',
    ...(compiled.includes('kernel_code.c')
      ? [
          '# Generated code, full of unused names. Optimisation matters here more than anywhere else.',
          'set_source_files_properties(src/kernel_code.c PROPERTIES COMPILE_OPTIONS "-w;-O2")',
        ]
      : []),
    ...(dependency ? ['target_link_libraries(escapement_kernel PUBLIC escapement_runtime)'] : []),
    '# Unused functions (store, self-test) leave no trace when the firmware links with -Wl,--gc-sections.',
    'target_compile_options(escapement_kernel PRIVATE -ffunction-sections -fdata-sections)',
    '',
    'option(ESCAPEMENT_SELFTEST "Build a program that runs the self-test and ends with 0 when every bit is right" OFF)',
    'if(ESCAPEMENT_SELFTEST)',
    '  add_executable(escapement_selftest ${CMAKE_CURRENT_LIST_DIR}/selftest/main.c)',
    '  target_link_libraries(escapement_selftest PRIVATE escapement_kernel)',
    'endif()',
  );
  return `${lines.join('\n')}\n`;
}
