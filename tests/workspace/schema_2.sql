-- A store as schema 2 had it: one project, a submitted review, a panel, an open review.
-- Frozen: tests/workspace/test_schema_3.py leads it to the schema of today.
BEGIN TRANSACTION;
CREATE TABLE answers (
	review_id VARCHAR(36) NOT NULL,
	field TEXT NOT NULL,
	value TEXT NOT NULL,
	revision INTEGER NOT NULL,
	at VARCHAR(27) NOT NULL,
	PRIMARY KEY (review_id, field),
	FOREIGN KEY(review_id) REFERENCES reviews (id)
);
INSERT INTO "answers" VALUES('ff9d2838-931d-42b4-ad12-54bafdfdb680','opinion','需求明确。',1,'2026-11-20T07:41:13.000000Z');
CREATE TABLE decisions (
	id VARCHAR(36) NOT NULL,
	project_id TEXT NOT NULL,
	panel_id VARCHAR(36),
	number INTEGER NOT NULL,
	content TEXT NOT NULL,
	decided_by VARCHAR(36),
	recorded_by VARCHAR(36),
	at VARCHAR(27) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT one_after_another UNIQUE (project_id, number),
	FOREIGN KEY(project_id) REFERENCES projects (id),
	FOREIGN KEY(panel_id) REFERENCES panels (id),
	FOREIGN KEY(decided_by) REFERENCES people (id),
	FOREIGN KEY(recorded_by) REFERENCES people (id)
);
CREATE TABLE definitions (
	kind VARCHAR(20) NOT NULL,
	id TEXT NOT NULL,
	version TEXT NOT NULL,
	hash VARCHAR(64) NOT NULL,
	file TEXT NOT NULL,
	text TEXT NOT NULL,
	pinned_at VARCHAR(27) NOT NULL,
	PRIMARY KEY (kind, id, version)
);
INSERT INTO "definitions" VALUES('rubric','poc-selection','1.0','abababababababababababababababababababababababababababababababab','rubrics/poc-selection.yaml','id: poc-selection
','2026-11-20T07:41:10.000000Z');
CREATE TABLE formal_checks (
	id VARCHAR(36) NOT NULL,
	project_id TEXT NOT NULL,
	number INTEGER NOT NULL,
	list_kind VARCHAR(20) NOT NULL,
	list_id TEXT NOT NULL,
	list_version TEXT NOT NULL,
	content TEXT NOT NULL,
	checked_by VARCHAR(36),
	at VARCHAR(27) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT list_pinned FOREIGN KEY(list_kind, list_id, list_version) REFERENCES definitions (kind, id, version),
	CONSTRAINT one_round UNIQUE (project_id, number),
	FOREIGN KEY(project_id) REFERENCES projects (id),
	FOREIGN KEY(checked_by) REFERENCES people (id)
);
CREATE TABLE log (
	seq INTEGER NOT NULL,
	at VARCHAR(27) NOT NULL,
	actor VARCHAR(64) NOT NULL,
	assurance VARCHAR(20) NOT NULL,
	action VARCHAR(40) NOT NULL,
	subject TEXT NOT NULL,
	content VARCHAR(64) NOT NULL,
	previous VARCHAR(64) NOT NULL,
	digest VARCHAR(64) NOT NULL,
	PRIMARY KEY (seq)
);
INSERT INTO "log" VALUES(1,'2026-11-20T07:41:07.000000Z','6338aa3fd96d339bc9ccd9b6c8f91700cf62245c07cf8ddb27c5f260d062099c','system','create','workspace:5f0c2c1e-6f5e-4f43-9e0b-8a8d2d0f7c11','7677b386906a1686f0cce75a12f86684b5175d004f6d93e71a00a01294aff2eb','0000000000000000000000000000000000000000000000000000000000000000','fb09da36a80a81c1d7dcaf4a9793df256a7f24123ed1bfb98f32cc9af85c51a7');
INSERT INTO "log" VALUES(2,'2026-11-20T07:41:09.000000Z','6338aa3fd96d339bc9ccd9b6c8f91700cf62245c07cf8ddb27c5f260d062099c','system','project','project:P1','44d1d08e8bd9c21d84220548bd6952f3bb2f8dbd3b4261393c78139d43c21a54','fb09da36a80a81c1d7dcaf4a9793df256a7f24123ed1bfb98f32cc9af85c51a7','9845652c414d860d7c2945c4502708a802cc4a6bc2c3f1711ca2d526b52529e7');
INSERT INTO "log" VALUES(3,'2026-11-20T07:41:11.000000Z','6338aa3fd96d339bc9ccd9b6c8f91700cf62245c07cf8ddb27c5f260d062099c','system','pin','rubric:poc-selection@1.0','5e810270bd97c9eb6d4eb9f0dcf338d131410b97f915d1301223e230f33a5e6a','9845652c414d860d7c2945c4502708a802cc4a6bc2c3f1711ca2d526b52529e7','d857025d4494fc668aa96053a1a90cd6a76b568040db5d5dd57ecafa9f3849a8');
INSERT INTO "log" VALUES(4,'2026-11-20T07:41:12.000000Z','d86b830aa147dfc31b85ef1a908e38d78653a810fcc204d5b0deb11c19b968ac','self-declared','open','review:ff9d2838-931d-42b4-ad12-54bafdfdb680','45f6fb05ded26b531ff6a9b67b5332c7b0a330ffd25059bdcd9aad73ed71512c','d857025d4494fc668aa96053a1a90cd6a76b568040db5d5dd57ecafa9f3849a8','fea978621456e8837dc749487ee09e9bce086fc9eb41c536f3a3f52a73f2a4c2');
INSERT INTO "log" VALUES(5,'2026-11-20T07:41:13.000000Z','d86b830aa147dfc31b85ef1a908e38d78653a810fcc204d5b0deb11c19b968ac','self-declared','save','review:ff9d2838-931d-42b4-ad12-54bafdfdb680','1ddfe91d036285dbce2d1737fbe50b575546309c8c41cd5a0027c2077a1b9633','fea978621456e8837dc749487ee09e9bce086fc9eb41c536f3a3f52a73f2a4c2','59d434eb4bbce32c845e96da4b5b325b9b96f3ed9e7d683b1deb50c45e7443d2');
INSERT INTO "log" VALUES(6,'2026-11-20T07:41:14.000000Z','d86b830aa147dfc31b85ef1a908e38d78653a810fcc204d5b0deb11c19b968ac','self-declared','submit','review:ff9d2838-931d-42b4-ad12-54bafdfdb680','1618a76af2cd3ee391791e0e54730c5a594b665d369f0972bdb3d5d2b8142482','59d434eb4bbce32c845e96da4b5b325b9b96f3ed9e7d683b1deb50c45e7443d2','4e8b7d642cf3c4f99bfaf6f1b588234d842811c10696da4525091b737cfde0bd');
INSERT INTO "log" VALUES(7,'2026-11-20T07:41:15.000000Z','5a08b20cc54715a055c9b5bd3ea6efddc2431f305e0b787c35f65ee02283746a','self-declared','panel','panel:abfffdae-1bd6-41f3-867b-2d8d87eda825','3c2ea9878a21f801ee5661e0e9ef1192eb31ba080d0cd35f97eadbce5f1d4a57','4e8b7d642cf3c4f99bfaf6f1b588234d842811c10696da4525091b737cfde0bd','25e898aeb68cd9c2ab3f89d178a16e1ac1ef661f08f9c41637e30ca377e1910c');
INSERT INTO "log" VALUES(8,'2026-11-20T07:41:16.000000Z','1ddb6e8423c1933118b664a469c1acfc33505fdc6709eb6ae409e8cb928b56e9','self-declared','open','review:fd181dba-2c4a-48ff-8cf0-92e29033ca05','b8b34e6eadfa80974652c31bcd5fbd24d8ad0b0e99470a856399d0014ce1453e','25e898aeb68cd9c2ab3f89d178a16e1ac1ef661f08f9c41637e30ca377e1910c','7feffb5ed4de1cec8bd9df7d4031476d3d4e207ec597d339ffadf07cb5178fff');
CREATE TABLE meta (
	"key" VARCHAR(40) NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema','2');
INSERT INTO "meta" VALUES('workspace','5f0c2c1e-6f5e-4f43-9e0b-8a8d2d0f7c11');
INSERT INTO "meta" VALUES('secret','d84f8cd8fd12526658f03156789b22cb44f5384e550167f4666c44cb9337c1e6');
CREATE TABLE panel_members (
	panel_id VARCHAR(36) NOT NULL,
	person_id VARCHAR(36) NOT NULL,
	unit TEXT NOT NULL,
	title TEXT NOT NULL,
	field TEXT NOT NULL,
	chair BOOLEAN NOT NULL,
	number INTEGER NOT NULL,
	PRIMARY KEY (panel_id, person_id),
	FOREIGN KEY(panel_id) REFERENCES panels (id),
	FOREIGN KEY(person_id) REFERENCES people (id)
);
CREATE TABLE panel_projects (
	panel_id VARCHAR(36) NOT NULL,
	project_id TEXT NOT NULL,
	number INTEGER NOT NULL,
	PRIMARY KEY (panel_id, project_id),
	FOREIGN KEY(panel_id) REFERENCES panels (id),
	FOREIGN KEY(project_id) REFERENCES projects (id)
);
INSERT INTO "panel_projects" VALUES('abfffdae-1bd6-41f3-867b-2d8d87eda825','P1',0);
CREATE TABLE panels (
	id VARCHAR(36) NOT NULL,
	title TEXT NOT NULL,
	detail TEXT NOT NULL,
	created_at VARCHAR(27) NOT NULL,
	PRIMARY KEY (id)
);
INSERT INTO "panels" VALUES('abfffdae-1bd6-41f3-867b-2d8d87eda825','第一专家组','{"held_on":null,"place":null}','2026-11-20T07:41:15.000000Z');
CREATE TABLE paper_scores (
	id VARCHAR(36) NOT NULL,
	project_id TEXT NOT NULL,
	person_id VARCHAR(36) NOT NULL,
	rubric_kind VARCHAR(20) NOT NULL,
	rubric_id TEXT NOT NULL,
	rubric_version TEXT NOT NULL,
	status VARCHAR(10) NOT NULL,
	entered_by VARCHAR(36),
	entered_at VARCHAR(27) NOT NULL,
	entered TEXT NOT NULL,
	checked_by VARCHAR(36),
	checked_at VARCHAR(27),
	checked TEXT,
	review_id VARCHAR(36),
	PRIMARY KEY (id),
	CONSTRAINT paper_pinned FOREIGN KEY(rubric_kind, rubric_id, rubric_version) REFERENCES definitions (kind, id, version),
	CONSTRAINT known_paper_status CHECK (status IN ('entered', 'differs', 'confirmed')),
	CONSTRAINT review_when_confirmed CHECK (status = 'confirmed' OR review_id IS NULL),
	FOREIGN KEY(project_id) REFERENCES projects (id),
	FOREIGN KEY(person_id) REFERENCES people (id),
	FOREIGN KEY(entered_by) REFERENCES people (id),
	FOREIGN KEY(checked_by) REFERENCES people (id),
	FOREIGN KEY(review_id) REFERENCES reviews (id)
);
CREATE TABLE people (
	id VARCHAR(36) NOT NULL,
	name TEXT NOT NULL,
	"key" VARCHAR(64) NOT NULL,
	created_at VARCHAR(27) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (name)
);
INSERT INTO "people" VALUES('d1443ed6-158e-4a52-9dcc-85788d53318e','王专家','dc413a938622700dc51858245c4d1152d59c72213410001f9b01f6fdaa54808b','2026-11-20T07:41:12.000000Z');
INSERT INTO "people" VALUES('96457c44-83c4-43f8-b979-4f66f7f68f21','李秘书','7a38bb78359c2720f38538318e6941d38e9062dc6149572d810acd20f014c305','2026-11-20T07:41:15.000000Z');
INSERT INTO "people" VALUES('0286f4d3-0575-428a-9e61-bf33de3c52d2','李专家','fab1c962c545f1cd202b5a3b365c47622b9d87c1b193d1077e823cd0cbe19ef3','2026-11-20T07:41:16.000000Z');
CREATE TABLE project_history (
	project_id TEXT NOT NULL,
	number INTEGER NOT NULL,
	content TEXT NOT NULL,
	replaced_at VARCHAR(27) NOT NULL,
	PRIMARY KEY (project_id, number),
	FOREIGN KEY(project_id) REFERENCES projects (id)
);
CREATE TABLE projects (
	id TEXT NOT NULL,
	content TEXT NOT NULL,
	created_at VARCHAR(27) NOT NULL,
	PRIMARY KEY (id)
);
INSERT INTO "projects" VALUES('P1','{"applicant":null,"example":false,"facts":[],"field":null,"id":"P1","kind":"project","source":null,"stage":null,"summary":null,"title":{"en":"Intracranial-pressure balancing device","zh":"颅内压平衡装置"}}','2026-11-20T07:41:09.000000Z');
CREATE TABLE review_origins (
	review_id VARCHAR(36) NOT NULL,
	kind VARCHAR(10) NOT NULL,
	entered_by VARCHAR(36),
	checked_by VARCHAR(36),
	file TEXT,
	sha256 VARCHAR(64),
	revision INTEGER NOT NULL,
	detail TEXT NOT NULL,
	at VARCHAR(27) NOT NULL,
	PRIMARY KEY (review_id),
	CONSTRAINT known_origin CHECK (kind IN ('import', 'paper')),
	FOREIGN KEY(review_id) REFERENCES reviews (id),
	FOREIGN KEY(entered_by) REFERENCES people (id),
	FOREIGN KEY(checked_by) REFERENCES people (id)
);
CREATE TABLE reviews (
	id VARCHAR(36) NOT NULL,
	project_id TEXT NOT NULL,
	person_id VARCHAR(36) NOT NULL,
	rubric_kind VARCHAR(20) NOT NULL,
	rubric_id TEXT NOT NULL,
	rubric_version TEXT NOT NULL,
	version INTEGER NOT NULL,
	status VARCHAR(10) NOT NULL,
	revision INTEGER NOT NULL,
	created_at VARCHAR(27) NOT NULL,
	updated_at VARCHAR(27) NOT NULL,
	submitted_at VARCHAR(27),
	amends VARCHAR(36),
	amendment_reason TEXT,
	example BOOLEAN NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT pinned FOREIGN KEY(rubric_kind, rubric_id, rubric_version) REFERENCES definitions (kind, id, version),
	CONSTRAINT known_status CHECK (status IN ('draft', 'submitted')),
	CONSTRAINT submitted_when CHECK ((status = 'submitted') = (submitted_at IS NOT NULL)),
	CONSTRAINT one_line UNIQUE (project_id, person_id, rubric_id, rubric_version, version),
	FOREIGN KEY(project_id) REFERENCES projects (id),
	FOREIGN KEY(person_id) REFERENCES people (id),
	FOREIGN KEY(amends) REFERENCES reviews (id)
);
INSERT INTO "reviews" VALUES('ff9d2838-931d-42b4-ad12-54bafdfdb680','P1','d1443ed6-158e-4a52-9dcc-85788d53318e','rubric','poc-selection','1.0',1,'submitted',1,'2026-11-20T07:41:12.000000Z','2026-11-20T07:41:14.000000Z','2026-11-20T07:41:14.000000Z',NULL,NULL,0);
INSERT INTO "reviews" VALUES('fd181dba-2c4a-48ff-8cf0-92e29033ca05','P1','0286f4d3-0575-428a-9e61-bf33de3c52d2','rubric','poc-selection','1.0',1,'draft',0,'2026-11-20T07:41:16.000000Z','2026-11-20T07:41:16.000000Z',NULL,NULL,NULL,0);
CREATE TABLE scans (
	id VARCHAR(36) NOT NULL,
	subject TEXT NOT NULL,
	file TEXT NOT NULL,
	name TEXT NOT NULL,
	kind VARCHAR(10) NOT NULL,
	size INTEGER NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	attached_by VARCHAR(36),
	at VARCHAR(27) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT once UNIQUE (subject, sha256),
	FOREIGN KEY(attached_by) REFERENCES people (id)
);
CREATE TABLE step_asides (
	panel_id VARCHAR(36) NOT NULL,
	person_id VARCHAR(36) NOT NULL,
	project_id TEXT NOT NULL,
	rule TEXT NOT NULL,
	reason TEXT NOT NULL,
	decided_by VARCHAR(36),
	at VARCHAR(27) NOT NULL,
	replaced_by VARCHAR(36),
	replaced_at VARCHAR(27),
	PRIMARY KEY (panel_id, person_id, project_id),
	FOREIGN KEY(panel_id) REFERENCES panels (id),
	FOREIGN KEY(person_id) REFERENCES people (id),
	FOREIGN KEY(project_id) REFERENCES projects (id),
	FOREIGN KEY(decided_by) REFERENCES people (id),
	FOREIGN KEY(replaced_by) REFERENCES people (id)
);
CREATE TABLE submissions (
	review_id VARCHAR(36) NOT NULL,
	snapshot TEXT NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	submitted_at VARCHAR(27) NOT NULL,
	PRIMARY KEY (review_id),
	FOREIGN KEY(review_id) REFERENCES reviews (id)
);
INSERT INTO "submissions" VALUES('ff9d2838-931d-42b4-ad12-54bafdfdb680','{"answers":{"opinion":"需求明确。"},"outcome":{},"project":{"applicant":null,"example":false,"facts":[],"field":null,"id":"P1","kind":"project","source":null,"stage":null,"summary":null,"title":{"en":"Intracranial-pressure balancing device","zh":"颅内压平衡装置"}},"review":{"amendment_reason":null,"amends":null,"created_at":"2026-11-20T07:41:12.000000Z","example":false,"id":"ff9d2838-931d-42b4-ad12-54bafdfdb680","person":"d1443ed6-158e-4a52-9dcc-85788d53318e","revision":1,"submitted_at":"2026-11-20T07:41:14.000000Z","version":1},"rubric":{"hash":"abababababababababababababababababababababababababababababababab","id":"poc-selection","version":"1.0"},"schema":1}','813849b588c1db5704d45f0329ff90f0d339beea30e787dc00a4012658767028','2026-11-20T07:41:14.000000Z');
CREATE TABLE ties (
	id VARCHAR(36) NOT NULL,
	person_id VARCHAR(36) NOT NULL,
	project_id TEXT NOT NULL,
	kind VARCHAR(40) NOT NULL,
	note TEXT NOT NULL,
	until VARCHAR(10),
	at VARCHAR(27) NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(person_id) REFERENCES people (id),
	FOREIGN KEY(project_id) REFERENCES projects (id)
);
CREATE TRIGGER log_refuses_update BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'log: UPDATE refused'); END;
CREATE TRIGGER log_refuses_delete BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'log: DELETE refused'); END;
CREATE UNIQUE INDEX one_draft ON reviews (project_id, person_id, rubric_id, rubric_version) WHERE status = 'draft';
CREATE TRIGGER project_history_refuses_rewriting BEFORE UPDATE OF content ON project_history BEGIN SELECT RAISE(ABORT, 'project_history: UPDATE OF content refused'); END;
CREATE TRIGGER formal_checks_refuses_rewriting BEFORE UPDATE OF content ON formal_checks BEGIN SELECT RAISE(ABORT, 'formal_checks: UPDATE OF content refused'); END;
CREATE TRIGGER decisions_refuses_rewriting BEFORE UPDATE OF content ON decisions BEGIN SELECT RAISE(ABORT, 'decisions: UPDATE OF content refused'); END;
CREATE TRIGGER submissions_refuses_update BEFORE UPDATE ON submissions BEGIN SELECT RAISE(ABORT, 'submissions: UPDATE refused'); END;
COMMIT;
