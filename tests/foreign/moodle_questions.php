<?php
// Imports a file of questions with Moodle's own importer into a course of its own, and says as JSON
// what the question bank holds then, and which share of the mark its right answer gets.
//
// php moodle_questions.php MOODLE FORMAT FILE [FILE ...]; later files go into the same course.

define('CLI_SCRIPT', true);
[, $moodle, $format] = $argv;
require $moodle . '/config.php';
require_once $CFG->libdir . '/questionlib.php';
require_once $CFG->dirroot . '/question/engine/lib.php';
require_once $CFG->dirroot . '/question/format.php';
require_once $CFG->dirroot . "/question/format/$format/format.php";
require_once $CFG->dirroot . '/course/lib.php';

function imported(string $format, string $file, stdClass $course): array {
    $context = context_course::instance($course->id);
    $reader = new ("qformat_$format")();
    $reader->setContexts([$context]);
    $reader->setCategory(question_make_default_categories([$context]));
    $reader->setCourse($course);
    $reader->setFilename($file);
    $reader->setRealfilename(basename($file));
    $reader->setMatchgrades('error');
    $reader->setCatfromfile(true);
    $reader->setContextfromfile(false);
    $reader->setStoponerror(true);
    $reader->set_display_progress(false);
    ob_start();
    $done = $reader->importpreprocess() && $reader->importprocess() && $reader->importpostprocess();
    $said = trim(strip_tags(ob_get_clean()));
    $held = array_map(fn($id) => held((int) $id, $context), $reader->questionids ?? []);
    return ['done' => $done, 'said' => $said, 'held' => $held];
}

function held(int $id, context $context): array {
    $data = question_bank::load_question_data($id);
    $answers = array_map(fn($one) => [
        'text' => $one->answer, 'share' => (float) $one->fraction, 'why' => $one->feedback,
        'tolerance' => $one->tolerance ?? null,
    ], array_values($data->options->answers ?? []));
    $pairs = array_map(
        fn($one) => [$one->questiontext, $one->answertext],
        array_values($data->options->subquestions ?? []),
    );
    $files = array_map(
        fn($one) => [$one->get_filearea(), $one->get_filename(), $one->get_content()],
        array_values(get_file_storage()->get_area_files(
            $context->id, 'question', 'generalfeedback', $id, 'filename', false
        )),
    );
    $tags = core_tag_tag::get_item_tags_array('core_question', 'question', $id);
    return [
        'name' => $data->name, 'idnumber' => $data->idnumber, 'type' => $data->qtype,
        'stem' => $data->questiontext, 'general' => $data->generalfeedback,
        'single' => (bool) ($data->options->single ?? false), 'answers' => $answers,
        'pairs' => $pairs, 'tags' => array_map('html_entity_decode', array_values($tags)),
        'category' => $data->categoryobject->name, 'files' => $files, 'mark' => mark($id, $context),
    ];
}

function mark(int $id, context $context): ?float {
    $usage = question_engine::make_questions_usage_by_activity('core_question_preview', $context);
    $usage->set_preferred_behaviour('deferredfeedback');
    $question = question_bank::load_question($id);
    $slot = $usage->add_question($question, 1);
    $usage->start_question($slot);
    $usage->process_action($slot, $question->get_correct_response());
    $usage->finish_all_questions();
    return $usage->get_question_fraction($slot);
}

\core\session\manager::set_user(get_admin());
$named = uniqid('try');
$course = create_course((object) ['fullname' => $named, 'shortname' => $named, 'category' => 1]);
$read = array_map(fn($file) => imported($format, $file, $course), array_slice($argv, 3));
echo json_encode($read, JSON_THROW_ON_ERROR);
