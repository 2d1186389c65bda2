-- A store as schema 1 had it: one project, a submitted review with its amendment under way, an open review.
-- Frozen: tests/workspace/test_schema_2.py leads it to the schema of today.
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
INSERT INTO "answers" VALUES('00000000-0000-0000-0000-000000000002','criteria.need.score','4',1,'2026-03-02T01:00:05.000000Z');
INSERT INTO "answers" VALUES('00000000-0000-0000-0000-000000000002','opinion','需求明确。',1,'2026-03-02T01:00:05.000000Z');
INSERT INTO "answers" VALUES('00000000-0000-0000-0000-000000000003','criteria.need.score','4',1,'2026-03-02T01:00:07.000000Z');
INSERT INTO "answers" VALUES('00000000-0000-0000-0000-000000000003','opinion','需求明确。',1,'2026-03-02T01:00:07.000000Z');
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
','2026-03-02T00:00:00.000000Z');
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
INSERT INTO "log" VALUES(1,'2026-03-02T01:00:00.000000Z','0f9615e3d40445dd8b04259fb45aca226ab4f3ff775b4f9ce7764d1b435b37ae','system','create','workspace:5f0c2c1e-6f5e-4f43-9e0b-8a8d2d0f7c11','732e44765dd48dadd9c53a4a0d3b72a973bed3f26a23917b1d299291b1c37f5d','0000000000000000000000000000000000000000000000000000000000000000','bfa0e39ae9f11b970e4997277462e43220060458ec03f1827bd76c7d177b511e');
INSERT INTO "log" VALUES(2,'2026-03-02T01:00:02.000000Z','0f9615e3d40445dd8b04259fb45aca226ab4f3ff775b4f9ce7764d1b435b37ae','system','project','project:P1','dd114704879d191d50e48af3fb6a5a4decec09697918ea6c1fa906174aa62136','bfa0e39ae9f11b970e4997277462e43220060458ec03f1827bd76c7d177b511e','1ab94899bd800e396153f8730bc8c3f4dde85e2ee9e568a6f541bf81f57dc395');
INSERT INTO "log" VALUES(3,'2026-03-02T01:00:03.000000Z','0f9615e3d40445dd8b04259fb45aca226ab4f3ff775b4f9ce7764d1b435b37ae','system','pin','rubric:poc-selection@1.0','fe14b848ebac0623cef01ff535bd579e819e2ecbbf3623eac105ea008894c269','1ab94899bd800e396153f8730bc8c3f4dde85e2ee9e568a6f541bf81f57dc395','622b609c41f79124d7bee088f371ccea0a7e343783f677ab8a90852938f2d65e');
INSERT INTO "log" VALUES(4,'2026-03-02T01:00:04.000000Z','af9fb8947910ab76a9b563e5514347b041d61e0ecf68ed33c6447c08838b3442','self-declared','open','review:00000000-0000-0000-0000-000000000002','0cd139cc0bbeb473c768f1c66786700336b355f117d8e18be08fe4d6e1da5725','622b609c41f79124d7bee088f371ccea0a7e343783f677ab8a90852938f2d65e','3bdc16d712c21e386067b575025a24b74b0664e5c4f78d2b43104b0858507bc8');
INSERT INTO "log" VALUES(5,'2026-03-02T01:00:05.000000Z','af9fb8947910ab76a9b563e5514347b041d61e0ecf68ed33c6447c08838b3442','self-declared','save','review:00000000-0000-0000-0000-000000000002','5d52ce641265c9b0677660cba9be3ea6adb021846da64369990cb7c0764d5cee','3bdc16d712c21e386067b575025a24b74b0664e5c4f78d2b43104b0858507bc8','cc0eae3c3561ff532b2491269b0b844569c074f503cca26bdd9fa4847b81071a');
INSERT INTO "log" VALUES(6,'2026-03-02T01:00:06.000000Z','af9fb8947910ab76a9b563e5514347b041d61e0ecf68ed33c6447c08838b3442','self-declared','submit','review:00000000-0000-0000-0000-000000000002','dc5ac4b122676e30706aff210daf4df9c1d2ecf0e064e0f67bd3616edf998339','cc0eae3c3561ff532b2491269b0b844569c074f503cca26bdd9fa4847b81071a','efd830662082e78148ab3a43ff6eedcbaf1db43b7d173b233fbf1403a4f76618');
INSERT INTO "log" VALUES(7,'2026-03-02T01:00:07.000000Z','af9fb8947910ab76a9b563e5514347b041d61e0ecf68ed33c6447c08838b3442','self-declared','amend','review:00000000-0000-0000-0000-000000000003','5ebf01328886654c26deb8c0d12fb9b964da267c8226fcb43d2af0a115426c5c','efd830662082e78148ab3a43ff6eedcbaf1db43b7d173b233fbf1403a4f76618','daf01145932ddf910a83117a4511bdd95e487849326cd545914a31c4b236910d');
INSERT INTO "log" VALUES(8,'2026-03-02T01:00:08.000000Z','aab126af64b94780b7bc6a56ef9cfdcf7bc3e9f74b47686d55941f1d80629773','self-declared','open','review:00000000-0000-0000-0000-000000000005','ae3727c73b8e05e37e36752dce983f3534aa1ec57cdf0d4032fbf08017471473','daf01145932ddf910a83117a4511bdd95e487849326cd545914a31c4b236910d','3fe8b3e81b054d325ffe930d94531392ad314dc94fa80dbac041251329ac53e4');
CREATE TABLE meta (
    "key" VARCHAR(40) NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema','1');
INSERT INTO "meta" VALUES('workspace','5f0c2c1e-6f5e-4f43-9e0b-8a8d2d0f7c11');
INSERT INTO "meta" VALUES('secret','0000000000000000000000000000000000000000000000000000000000000001');
CREATE TABLE people (
    id VARCHAR(36) NOT NULL,
    name TEXT NOT NULL,
    "key" VARCHAR(64) NOT NULL,
    created_at VARCHAR(27) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name)
);
INSERT INTO "people" VALUES('00000000-0000-0000-0000-000000000001','王专家','0000000000000000000000000000000000000000000000000000000000000002','2026-03-02T01:00:04.000000Z');
INSERT INTO "people" VALUES('00000000-0000-0000-0000-000000000004','李专家','0000000000000000000000000000000000000000000000000000000000000003','2026-03-02T01:00:08.000000Z');
CREATE TABLE projects (
    id TEXT NOT NULL,
    content TEXT NOT NULL,
    created_at VARCHAR(27) NOT NULL,
    PRIMARY KEY (id)
);
INSERT INTO "projects" VALUES('P1','{"applicant":{"en":"A hospital","zh":"某医院"},"example":false,"facts":[],"field":null,"id":"P1","kind":"project","source":null,"stage":null,"summary":null,"title":{"en":"Intracranial-pressure balancing device","zh":"颅内压平衡装置"}}','2026-03-02T01:00:02.000000Z');
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
INSERT INTO "reviews" VALUES('00000000-0000-0000-0000-000000000002','P1','00000000-0000-0000-0000-000000000001','rubric','poc-selection','1.0',1,'submitted',1,'2026-03-02T01:00:04.000000Z','2026-03-02T01:00:06.000000Z','2026-03-02T01:00:06.000000Z',NULL,NULL,0);
INSERT INTO "reviews" VALUES('00000000-0000-0000-0000-000000000003','P1','00000000-0000-0000-0000-000000000001','rubric','poc-selection','1.0',2,'draft',1,'2026-03-02T01:00:07.000000Z','2026-03-02T01:00:07.000000Z',NULL,'00000000-0000-0000-0000-000000000002','补充意见',0);
INSERT INTO "reviews" VALUES('00000000-0000-0000-0000-000000000005','P1','00000000-0000-0000-0000-000000000004','rubric','poc-selection','1.0',1,'draft',0,'2026-03-02T01:00:08.000000Z','2026-03-02T01:00:08.000000Z',NULL,NULL,NULL,0);
CREATE TABLE submissions (
    review_id VARCHAR(36) NOT NULL,
    snapshot TEXT NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    submitted_at VARCHAR(27) NOT NULL,
    PRIMARY KEY (review_id),
    FOREIGN KEY(review_id) REFERENCES reviews (id)
);
INSERT INTO "submissions" VALUES('00000000-0000-0000-0000-000000000002','{"answers":{"criteria.need.score":"4","opinion":"需求明确。"},"outcome":{"total":"4"},"project":{"applicant":{"en":"A hospital","zh":"某医院"},"example":false,"facts":[],"field":null,"id":"P1","kind":"project","source":null,"stage":null,"summary":null,"title":{"en":"Intracranial-pressure balancing device","zh":"颅内压平衡装置"}},"review":{"amendment_reason":null,"amends":null,"created_at":"2026-03-02T01:00:04.000000Z","example":false,"id":"00000000-0000-0000-0000-000000000002","person":"00000000-0000-0000-0000-000000000001","revision":1,"submitted_at":"2026-03-02T01:00:06.000000Z","version":1},"rubric":{"hash":"abababababababababababababababababababababababababababababababab","id":"poc-selection","version":"1.0"},"schema":1}','273af1e21d4f0a9af44044cb226165a28fc24f77783789b4235df82c70c9bc78','2026-03-02T01:00:06.000000Z');
CREATE TRIGGER log_refuses_update BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'log: UPDATE refused'); END;
CREATE TRIGGER log_refuses_delete BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'log: DELETE refused'); END;
CREATE UNIQUE INDEX one_draft ON reviews (project_id, person_id, rubric_id, rubric_version) WHERE status = 'draft';
CREATE TRIGGER submissions_refuses_update BEFORE UPDATE ON submissions BEGIN SELECT RAISE(ABORT, 'submissions: UPDATE refused'); END;
COMMIT;
