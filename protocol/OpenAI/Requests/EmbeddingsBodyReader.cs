using System.Text.Json;

namespace GeminiBalance.Protocol.OpenAI;

/// <summary>Members of a request for embeddings.</summary>
internal static class EmbeddingsBodyReader
{
    public static EmbeddingsRequest Read(ref WireReader reader)
    {
        var start = reader.Position;
        string? model = null, taskType = null;
        List<string>? inputs = null;
        int? dimensions = null;
        var base64 = false;
        while (reader.NextMember())
        {
            if (reader.Is("model"u8))
            {
                model = reader.Text();
            }
            else if (reader.Is("input"u8))
            {
                inputs = ReadInputs(ref reader);
            }
            else if (reader.Is("dimensions"u8))
            {
                dimensions = ReadDimensions(ref reader);
            }
            else if (reader.Is("encoding_format"u8))
            {
                base64 = ReadFormat(ref reader);
            }
            else if (reader.Is("task_type"u8) || reader.Is("input_type"u8) || reader.Is("taskType"u8))
            {
                taskType = ReadTaskType(ref reader) ?? taskType;
            }
            else
            {
                reader.Skip();
            }
        }

        return new EmbeddingsRequest
        {
            Model = string.IsNullOrWhiteSpace(model) ? null : model,
            Inputs = inputs is { Count: > 0 } ? inputs : throw new WireFormatException("must hold at least one text.", "input", start),
            Dimensions = dimensions,
            Base64 = base64,
            TaskType = taskType,
        };
    }

    private static List<string>? ReadInputs(ref WireReader reader)
    {
        reader.Read();
        return reader.Token switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => [ReadInput(ref reader)],
            _ => reader.Items(ReadInput, RequestLimits.EmbeddingInputsMax),
        };
    }

    private static string ReadInput(ref WireReader reader)
    {
        if (reader.Token is JsonTokenType.Number or JsonTokenType.StartArray)
        {
            WireReader.Fail("holds token numbers, which only the model they were made for understands; send text (LangChain: check_embedding_ctx_length=False).");
        }

        return reader.String() is { Length: > 0 } text ? text : throw new WireFormatException("must not be empty.");
    }

    private static int? ReadDimensions(ref WireReader reader) => reader.Integer() switch
    {
        null => null,
        > 0 and var value => value,
        _ => throw new WireFormatException("must be above 0."),
    };

    private static bool ReadFormat(ref WireReader reader) => reader.Text() switch
    {
        null or "float" => false,
        "base64" => true,
        _ => throw new WireFormatException("must be float or base64."),
    };

    private static string? ReadTaskType(ref WireReader reader) => reader.Text()?.ToUpperInvariant() switch
    {
        null or "" => null,
        "QUERY" or "SEARCH_QUERY" => "RETRIEVAL_QUERY",
        "DOCUMENT" or "PASSAGE" or "SEARCH_DOCUMENT" => "RETRIEVAL_DOCUMENT",
        ("RETRIEVAL_QUERY" or "RETRIEVAL_DOCUMENT" or "SEMANTIC_SIMILARITY" or "CLASSIFICATION" or "CLUSTERING" or "QUESTION_ANSWERING"
            or "FACT_VERIFICATION" or "CODE_RETRIEVAL_QUERY") and var type => type,
        _ => throw new WireFormatException("is not a task type of Gemini, such as RETRIEVAL_QUERY or RETRIEVAL_DOCUMENT."),
    };
}
