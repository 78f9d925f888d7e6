<?php
// Makes an activity of a package in a course of its own, as Moodle's form would.
//
// php moodle_activity.php MOODLE MODULE FILE; says as JSON where it is.

define('CLI_SCRIPT', true);
[, $moodle, $module, $file] = $argv;
require $moodle . '/config.php';
require_once $CFG->dirroot . '/course/lib.php';
require_once $CFG->dirroot . '/course/modlib.php';
require_once $CFG->dirroot . "/mod/$module/lib.php";
if (is_file($CFG->dirroot . "/mod/$module/locallib.php")) {
    require_once $CFG->dirroot . "/mod/$module/locallib.php";
}

\core\session\manager::set_user(get_admin());
$named = uniqid('try');
$course = create_course((object) ['fullname' => $named, 'shortname' => $named, 'category' => 1]);
$draft = file_get_unused_draft_itemid();
get_file_storage()->create_file_from_pathname([
    'contextid' => context_user::instance($USER->id)->id, 'component' => 'user',
    'filearea' => 'draft', 'itemid' => $draft, 'filepath' => '/', 'filename' => basename($file),
], $file);
$own = [
    'scorm' => ['scormtype' => 'local', 'popup' => 0, 'skipview' => 2, 'hidebrowse' => 1, 'updatefreq' => 0],
    'h5pactivity' => ['displayoptions' => 0, 'enabletracking' => 1, 'grademethod' => 1, 'reviewmode' => 1],
    'cmi5' => [],
];
$values = $own[$module] + (array) get_config($module) + [
    'modulename' => $module, 'course' => $course->id, 'section' => 0, 'visible' => 1,
    'name' => 'Check', 'intro' => '', 'introformat' => FORMAT_HTML, 'introeditor' => [
        'text' => '', 'format' => FORMAT_HTML, 'itemid' => 0,
    ], 'packagefile' => $draft, 'packagefilechoice' => 'new', 'cmidnumber' => '', 'grade' => 100, 'gradepass' => 0,
    'width' => 100, 'height' => 500,
];
unset($values['version']);
[$kind] = can_add_moduleinfo($course, $module, 0);
// cmi5 takes a package from its form only, and asks of the form no more than to be there
$form = $module === 'cmi5' ? new stdClass() : null;
$made = add_moduleinfo((object) ($values + ['module' => $kind->id]), $course, $form);
echo json_encode([
    'cm' => (int) $made->coursemodule, 'instance' => (int) $made->instance,
    'course' => (int) $course->id, 'version' => $CFG->release,
], JSON_THROW_ON_ERROR);
