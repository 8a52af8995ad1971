using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini;

/// <summary>Batches and videos: jobs that come forward each time they are looked at, and are done at the second look.</summary>
internal sealed class FakeJobs(ResourceShelf shelf, FakeUploads uploads, FakeBatchAnswers answers)
{
    private const int LooksUntilDone = 2;

    /// <summary><c>:batchGenerateContent</c>, <c>:asyncBatchEmbedContent</c>.</summary>
    public JsonObject CreateBatch(string key, FakeModel model, JsonElement request, bool embeds)
    {
        var name = $"batches/{shelf.NewId()}";
        var batch = request.Member("batch");
        var input = batch.Member("inputConfig");
        var file = input.Text("fileName");
        var requests = input.Member("requests").Items("requests").Select(one => (Parse(one.Member("request"))!, Parse(one.Member("metadata")))).ToList();
        var metadata = new JsonObject
        {
            ["@type"] = $"type.googleapis.com/google.ai.generativelanguage.v1main.{(embeds ? "Embed" : "Generate")}ContentBatch",
            ["model"] = $"models/{model.Name}", ["displayName"] = batch.Text("displayName"), ["state"] = "BATCH_STATE_PENDING", ["createTime"] = shelf.Now, ["updateTime"] = shelf.Now, ["name"] = name,
        };
        if (file is null)
        {
            metadata["batchStats"] = FakeBatchAnswers.Stats(requests.Count, done: 0, failed: 0);
        }

        var job = new JsonObject { ["name"] = name, ["metadata"] = metadata };
        shelf.Add(name, key, job).Looked = resource => Advance(resource, () =>
        {
            var (result, count, failed) = file is not null ? FileResult(key, model, file, embeds) : (answers.Inline(model, requests, embeds), requests.Count, 0);
            resource.Json["metadata"]!["batchStats"] = FakeBatchAnswers.Stats(count, count, failed);
            resource.Json["metadata"]!["endTime"] = shelf.Now;
            return result;
        });
        return (JsonObject)job.DeepClone();
    }

    /// <summary><c>POST batches</c> of the compatible endpoint.</summary>
    public JsonObject CreateCompatibleBatch(string key, JsonElement request)
    {
        var name = $"batches/{shelf.NewId()}";
        var job = new JsonObject
        {
            ["id"] = name, ["object"] = "batch", ["endpoint"] = request.Text("endpoint"), ["input_file_id"] = request.Text("input_file_id"),
            ["completion_window"] = "24h", ["status"] = "validating", ["created_at"] = 1_760_000_000,
        };
        shelf.Add(name, key, job).Looked = resource =>
        {
            if (++resource.Looks >= LooksUntilDone && resource.Json["status"]!.GetValue<string>() != "completed")
            {
                resource.Json["status"] = "completed";
                resource.Json["output_file_id"] = AddResult(key, """{"key":"1","response":{}}""" + "\n");
            }
        };
        return (JsonObject)job.DeepClone();
    }

    /// <summary><c>:predictLongRunning</c>.</summary>
    public JsonObject CreateVideo(string key, string model)
    {
        var name = $"models/{model}/operations/{shelf.NewId()}";
        var job = new JsonObject { ["name"] = name };
        shelf.Add(name, key, job).Looked = resource => Advance(resource, () => VideoResult(key));
        return (JsonObject)job.DeepClone();
    }

    private static void Advance(ShelvedResource job, Func<JsonObject> result)
    {
        if (job.Json["done"] is not null)
        {
            return;
        }

        job.Looks++;
        if (job.Json["metadata"] is JsonObject metadata)
        {
            metadata["state"] = job.Looks < LooksUntilDone ? "BATCH_STATE_RUNNING" : "BATCH_STATE_SUCCEEDED";
        }

        if (job.Looks >= LooksUntilDone)
        {
            job.Json["done"] = true;
            var response = result();
            job.Json["response"] = response;
            (job.Json["metadata"] as JsonObject)?["output"] = response.DeepClone();
        }
    }

    private (JsonObject Result, int Count, int Failed) FileResult(string key, FakeModel model, string input, bool embeds)
    {
        var (text, count, failed) = answers.OfFile(model, shelf.Find(input, key)?.Content ?? [], embeds);
        return (new JsonObject { ["responsesFile"] = AddResult(key, text) }, count, failed);
    }

    private string AddResult(string key, string text) => AddFile(key, $"files/batch-{shelf.NewId()}", "application/jsonl", text);

    private static JsonNode? Parse(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? null : JsonNode.Parse(element.GetRawText());

    private JsonObject VideoResult(string key)
    {
        var name = AddFile(key, $"files/{shelf.NewId()}", "video/mp4", "the frames of a video that nobody has filmed");
        return new JsonObject
        {
            ["@type"] = "type.googleapis.com/google.ai.generativelanguage.v1beta.PredictLongRunningResponse",
            ["generateVideoResponse"] = new JsonObject
            {
                ["generatedSamples"] = new JsonArray(new JsonObject
                {
                    ["video"] = new JsonObject { ["uri"] = $"https://generativelanguage.googleapis.com/v1beta/{name}:download?alt=media" },
                }),
            },
        };
    }

    private string AddFile(string key, string name, string type, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var file = shelf.Add(name, key, uploads.MakeFile(name, null, type, content), TimeSpan.FromHours(48));
        (file.Content, file.IsDownloadable) = (content, true);
        return name;
    }
}
