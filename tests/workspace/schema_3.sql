-- A store as schema 3 had it: one project, a concluded working paper and its amendment.
-- Frozen: tests/workspace/test_schema_4.py leads it to the schema of today.
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
INSERT INTO "log" VALUES(1,'2026-11-21T07:00:00.000000Z','ebf49136e4287296f8acb16f0e088530c1630c158207628e38d48a01263283bc','system','create','workspace:fbcfd166-44d0-49c3-becb-a1bb2e2ee7a1','8f5e3fd05418253f01c08107659765896db52eb5f37ff0ddfd08ef5d4c4af6c4','0000000000000000000000000000000000000000000000000000000000000000','c8d3d6128fc52f9d14c41e4d43c0e36f3d0c0580bd014645a84466bf7bc2be25');
INSERT INTO "log" VALUES(2,'2026-11-21T07:00:04.000000Z','ebf49136e4287296f8acb16f0e088530c1630c158207628e38d48a01263283bc','system','project','project:P1','165b0a435de0500939fa9c00d4b97d1f9e8f1fc71f350e59dc63bc756727c6ef','c8d3d6128fc52f9d14c41e4d43c0e36f3d0c0580bd014645a84466bf7bc2be25','57ad36f1a1a4c8683abd317867969208175003478ac0decd0f828ce246baacc3');
INSERT INTO "log" VALUES(3,'2026-11-21T07:00:05.000000Z','4a6b0001bd23039e03eb6a1d451731e2f4635271f3504409e8e1ce36a181e400','self-declared','open','working-paper:9e9aff90-1b00-427d-827d-271d92472b76','1112529a87908785d6945f506ed8d19e2ea469f9e1f5087049f58b398df62088','57ad36f1a1a4c8683abd317867969208175003478ac0decd0f828ce246baacc3','273fc99e136d4bf8449c1968654350b09012db37b02d0b18e4008459d298afd1');
INSERT INTO "log" VALUES(4,'2026-11-21T07:00:06.000000Z','4a6b0001bd23039e03eb6a1d451731e2f4635271f3504409e8e1ce36a181e400','self-declared','save','working-paper:9e9aff90-1b00-427d-827d-271d92472b76','751eca5184694e472597fe3105627ce98c9b126b641ae2951bf299f4f2d87e89','273fc99e136d4bf8449c1968654350b09012db37b02d0b18e4008459d298afd1','a7bb0ab29ab823728c31b6b3e02e4c64581777261e283327599c2df318af83cf');
INSERT INTO "log" VALUES(5,'2026-11-21T07:00:07.000000Z','246b2b1b88dcc022f07b4e3c92325798088592b6d91c5f9952e4605a332d4403','self-declared','conclude','working-paper:9e9aff90-1b00-427d-827d-271d92472b76','ce1cfa482ef7e1e87602a95075b0f9ebcbc7cdc3b928b66714b1a1835ffe19a7','a7bb0ab29ab823728c31b6b3e02e4c64581777261e283327599c2df318af83cf','afbd177b2bd7d10b9fa132195f3562785fdb87807290da539d021f2944689d5b');
INSERT INTO "log" VALUES(6,'2026-11-21T07:00:08.000000Z','4a6b0001bd23039e03eb6a1d451731e2f4635271f3504409e8e1ce36a181e400','self-declared','amend','working-paper:f2c55d2a-3d60-4d11-be8e-e73a8ffb9599','5782f945179a573b854c9a31dc6b9726a0a75399cb48032e090ce63259579412','afbd177b2bd7d10b9fa132195f3562785fdb87807290da539d021f2944689d5b','8a7e69a12cf68a531f926113a9e0fe69aff465c58145b4cd1cc84d05a824756f');
CREATE TABLE meta (
	"key" VARCHAR(40) NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema','3');
INSERT INTO "meta" VALUES('workspace','fbcfd166-44d0-49c3-becb-a1bb2e2ee7a1');
INSERT INTO "meta" VALUES('secret','625e386a1b3f24240ede75a704d07c9342e30dfe434459a81e64e8f17266dccc');
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
CREATE TABLE panels (
	id VARCHAR(36) NOT NULL, 
	title TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	created_at VARCHAR(27) NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE paper_definitions (
	paper_id VARCHAR(36) NOT NULL, 
	number INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	id TEXT NOT NULL, 
	version TEXT NOT NULL, 
	PRIMARY KEY (paper_id, number), 
	CONSTRAINT worked_by FOREIGN KEY(kind, id, version) REFERENCES definitions (kind, id, version), 
	FOREIGN KEY(paper_id) REFERENCES papers (id)
);
CREATE TABLE paper_fields (
	paper_id VARCHAR(36) NOT NULL, 
	field TEXT NOT NULL, 
	value TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	at VARCHAR(27) NOT NULL, 
	PRIMARY KEY (paper_id, field), 
	FOREIGN KEY(paper_id) REFERENCES papers (id)
);
INSERT INTO "paper_fields" VALUES('9e9aff90-1b00-427d-827d-271d92472b76','grant','10万元',1,'2026-11-21T07:00:06.000000Z');
INSERT INTO "paper_fields" VALUES('9e9aff90-1b00-427d-827d-271d92472b76','rows/costs/a1/item','试剂',1,'2026-11-21T07:00:06.000000Z');
INSERT INTO "paper_fields" VALUES('9e9aff90-1b00-427d-827d-271d92472b76','rows/costs/a1/amount','2,500.50',1,'2026-11-21T07:00:06.000000Z');
INSERT INTO "paper_fields" VALUES('f2c55d2a-3d60-4d11-be8e-e73a8ffb9599','grant','10万元',1,'2026-11-21T07:00:08.000000Z');
INSERT INTO "paper_fields" VALUES('f2c55d2a-3d60-4d11-be8e-e73a8ffb9599','rows/costs/a1/amount','2,500.50',1,'2026-11-21T07:00:08.000000Z');
INSERT INTO "paper_fields" VALUES('f2c55d2a-3d60-4d11-be8e-e73a8ffb9599','rows/costs/a1/item','试剂',1,'2026-11-21T07:00:08.000000Z');
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
CREATE TABLE paper_seals (
	paper_id VARCHAR(36) NOT NULL, 
	snapshot TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	concluded_at VARCHAR(27) NOT NULL, 
	PRIMARY KEY (paper_id), 
	FOREIGN KEY(paper_id) REFERENCES papers (id)
);
INSERT INTO "paper_seals" VALUES('9e9aff90-1b00-427d-827d-271d92472b76','{"definitions":[],"fields":{"grant":"10万元","rows/costs/a1/amount":"2,500.50","rows/costs/a1/item":"试剂"},"outcome":{"total":"2,500.50"},"paper":{"amendment_reason":null,"amends":null,"concluded_at":"2026-11-21T07:00:07.000000Z","created_at":"2026-11-21T07:00:05.000000Z","example":false,"id":"9e9aff90-1b00-427d-827d-271d92472b76","kind":"cost_sheet","person":"5ace02a8-2556-4c76-bfec-285e9565a539","revision":1,"title":"支出核对表","version":1},"project":{"applicant":null,"example":false,"facts":[],"field":null,"id":"P1","kind":"project","source":null,"stage":null,"summary":null,"title":{"en":"Intracranial-pressure balancing device","zh":"颅内压平衡装置"}},"schema":1}','c7cc20f4472b646849f8a3fd569558b3dfadf0dd66e0955dbe4085e30412dfe9','2026-11-21T07:00:07.000000Z');
CREATE TABLE papers (
	id VARCHAR(36) NOT NULL, 
	kind VARCHAR(64) NOT NULL, 
	title TEXT NOT NULL, 
	project_id TEXT, 
	opened_by VARCHAR(36), 
	version INTEGER NOT NULL, 
	status VARCHAR(10) NOT NULL, 
	revision INTEGER NOT NULL, 
	created_at VARCHAR(27) NOT NULL, 
	updated_at VARCHAR(27) NOT NULL, 
	concluded_at VARCHAR(27), 
	amends VARCHAR(36), 
	amendment_reason TEXT, 
	example BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT known_standing CHECK (status IN ('draft', 'concluded')), 
	CONSTRAINT concluded_when CHECK ((status = 'concluded') = (concluded_at IS NOT NULL)), 
	CONSTRAINT one_amendment UNIQUE (amends), 
	FOREIGN KEY(project_id) REFERENCES projects (id), 
	FOREIGN KEY(opened_by) REFERENCES people (id), 
	FOREIGN KEY(amends) REFERENCES papers (id)
);
INSERT INTO "papers" VALUES('9e9aff90-1b00-427d-827d-271d92472b76','cost_sheet','支出核对表','P1','5ace02a8-2556-4c76-bfec-285e9565a539',1,'concluded',1,'2026-11-21T07:00:05.000000Z','2026-11-21T07:00:07.000000Z','2026-11-21T07:00:07.000000Z',NULL,NULL,0);
INSERT INTO "papers" VALUES('f2c55d2a-3d60-4d11-be8e-e73a8ffb9599','cost_sheet','支出核对表','P1','5ace02a8-2556-4c76-bfec-285e9565a539',2,'draft',1,'2026-11-21T07:00:08.000000Z','2026-11-21T07:00:08.000000Z',NULL,'9e9aff90-1b00-427d-827d-271d92472b76','补充支出',0);
CREATE TABLE people (
	id VARCHAR(36) NOT NULL, 
	name TEXT NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	created_at VARCHAR(27) NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name)
);
INSERT INTO "people" VALUES('5ace02a8-2556-4c76-bfec-285e9565a539','李经办','97c5d838e5e3555665f4d519c22878e8e88f961d711cd816a93161ce122f6ab6','2026-11-21T07:00:05.000000Z');
INSERT INTO "people" VALUES('fa358daa-c36e-4094-9e67-afa32b2d5e9b','王复核','2b37a7b93f1f417d4d241a99078a5ef76916eda4cb412e05a7717d172925efd3','2026-11-21T07:00:07.000000Z');
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
INSERT INTO "projects" VALUES('P1','{"applicant":null,"example":false,"facts":[],"field":null,"id":"P1","kind":"project","source":null,"stage":null,"summary":null,"title":{"en":"Intracranial-pressure balancing device","zh":"颅内压平衡装置"}}','2026-11-21T07:00:04.000000Z');
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
CREATE TRIGGER paper_seals_refuses_update BEFORE UPDATE ON paper_seals BEGIN SELECT RAISE(ABORT, 'paper_seals: UPDATE refused'); END;
COMMIT;
