<?php
// Has H5P's own core, which Moodle brings, check, store and filter a package, and says what it holds.
//
// php moodle_h5p.php MOODLE FOLDER FILE; FOLDER has a checkout of each content type. What those need
// of others is taken out of them, so that they are installed but cannot play.

define('CLI_SCRIPT', true);
[, $moodle, $folder, $file] = $argv;
require $moodle . '/config.php';
require_once $CFG->libdir . '/filelib.php';

function with_types(string $file, string $folder, string $made): void {
    copy($file, $made);
    $package = new ZipArchive();
    $package->open($made);
    foreach (glob("$folder/*/library.json") as $found) {
        $type = json_decode(file_get_contents($found));
        unset($type->preloadedDependencies, $type->dynamicDependencies, $type->editorDependencies, $type->coreApi);
        $name = "{$type->machineName}-{$type->majorVersion}.{$type->minorVersion}";
        $package->addFromString("$name/library.json", json_encode($type));
        $package->addFile(dirname($found) . '/semantics.json', "$name/semantics.json");
        foreach (array_merge($type->preloadedJs ?? [], $type->preloadedCss ?? []) as $part) {
            $package->addFromString("$name/{$part->path}", '');
        }
    }
    $package->close();
}

\core\session\manager::set_user(get_admin());
$made = make_request_directory() . '/package.h5p';
with_types($file, $folder, $made);
$factory = new \core_h5p\factory();
$stored = \core_h5p\helper::create_fake_stored_file_from_path($made, (int) get_admin()->id);
$id = \core_h5p\helper::save_h5p($factory, $stored, (object) ['export' => 0, 'embed' => 0, 'copyright' => 0]);
$core = $factory->get_core();
$said = $core->h5pF->getMessages('error');
$content = $id ? $core->loadContent($id) : null;
echo json_encode([
    'said' => $said ?: [],
    'content' => $content ? json_decode($core->filterParameters($content)) : null,
], JSON_THROW_ON_ERROR);
