<?php
// Says as JSON what Moodle keeps of the administrator's work in an activity.
//
// php moodle_results.php MOODLE MODULE INSTANCE COURSE

define('CLI_SCRIPT', true);
[, $moodle, $module, $instance, $course] = $argv;
require $moodle . '/config.php';
require_once $CFG->libdir . '/gradelib.php';

function of_scorm(int $instance, int $user): array {
    global $CFG, $DB;
    require_once $CFG->dirroot . '/mod/scorm/locallib.php';
    $unit = $DB->get_record('scorm_scoes', ['scorm' => $instance, 'scormtype' => 'sco'], '*', MUST_EXIST);
    return ['tracks' => scorm_get_tracks($unit->id, $user)];
}

function of_cmi5(int $instance, int $user): array {
    global $DB;
    $registration = $DB->get_record('cmi5_registrations', ['cmi5id' => $instance, 'userid' => $user]);
    $statements = $DB->get_records('cmi5_statements', ['registration' => $registration->registrationid], 'id');
    return [
        'statements' => array_values($statements), 'registration' => $registration,
        'unit' => $DB->get_record('cmi5_au_status', ['registrationid' => $registration->id]),
        'sessions' => array_values($DB->get_records('cmi5_sessions', ['registrationid' => $registration->id])),
    ];
}

function of_h5pactivity(int $instance, int $user): array {
    global $DB;
    $tries = $DB->get_records('h5pactivity_attempts', ['h5pactivityid' => $instance, 'userid' => $user], 'id');
    $results = array_map(
        fn($one) => array_values($DB->get_records('h5pactivity_attempts_results', ['attemptid' => $one->id], 'id')),
        array_values($tries),
    );
    return ['attempts' => array_values($tries), 'results' => $results];
}

$user = get_admin()->id;
$grades = grade_get_grades($course, 'mod', $module, $instance, $user);
echo json_encode([
    'held' => "of_$module"((int) $instance, $user),
    'grade' => $grades->items[0]->grades[$user]->grade ?? null,
], JSON_THROW_ON_ERROR);
