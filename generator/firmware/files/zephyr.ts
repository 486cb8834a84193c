/** Zephyr module: zephyr/module.yml points west at CMake and Kconfig files that build the kernel as a Zephyr library. */
import type { BundleSources } from '../sources.ts';

export function zephyrFiles({ compiled, runtime }: BundleSources): [path: string, text: string][] {
  const { dependency } = runtime;
  const sources = compiled.map(
    (file) => `  zephyr_library_sources(\${CMAKE_CURRENT_LIST_DIR}/../src/${file})`,
  );
  return [
    ['zephyr/module.yml', 'name: escapement_kernel\nbuild:\n  cmake: zephyr\n  kconfig: zephyr/Kconfig\n'],
    [
      'zephyr/Kconfig',
      `# SPDX-License-Identifier: Apache-2.0
config ESCAPEMENT_KERNEL
	bool "Wearable authentication kernel"
	help
	  Builds the kernel of this module and its typed interface, escapement/kernel.h.
`,
    ],
    [
      'zephyr/CMakeLists.txt',
      `# SPDX-License-Identifier: Apache-2.0
if(CONFIG_ESCAPEMENT_KERNEL)
  zephyr_include_directories(\${CMAKE_CURRENT_LIST_DIR}/../src)
${
  dependency
    ? `  # ${dependency.name}: as a module of your workspace, or by ESCAPEMENT_RUNTIME_DIR as in ../CMakeLists.txt.
  add_subdirectory(\${CMAKE_CURRENT_LIST_DIR}/.. \${CMAKE_CURRENT_BINARY_DIR}/escapement_kernel)
  target_link_libraries(escapement_kernel PRIVATE zephyr_interface)
  target_link_libraries(escapement_runtime PRIVATE zephyr_interface)
  target_link_libraries(app PRIVATE escapement_kernel)`
    : `  zephyr_library_named(escapement_kernel)
${sources.join('\n')}
  zephyr_library_compile_options(-ffunction-sections -fdata-sections)
  set_source_files_properties(\${CMAKE_CURRENT_LIST_DIR}/../src/kernel_code.c PROPERTIES COMPILE_OPTIONS "-w;-O2")`
}
endif()
`,
    ],
  ];
}
