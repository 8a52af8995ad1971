using System.Buffers;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>A response that is complete, or as far as it is.</summary>
public sealed class ResponsesAnswer
{
    private readonly ResponsesAnswerContext context;
    private readonly ResponseState state;

    internal ResponsesAnswer(ResponsesAnswerContext context, ResponseState state)
    {
        this.context = context;
        this.state = state;
    }

    /// <summary>The event that ends a stream.</summary>
    internal string EndEvent => $"response.{state.Status}";

    /// <param name="response">A whole answer of Gemini that says something.</param>
    /// <param name="completedAt">Unix seconds.</param>
    public static ResponsesAnswer Of(GenerateContentResponse response, ResponsesAnswerContext context, long completedAt)
    {
        var builder = new OutputBuilder(context, events: null);
        builder.Take(response);
        return new(context, Finish(builder, builder.Complete() ?? new ResponseState(OutputItem.Completed), completedAt));
    }

    /// <summary>A response that is being made.</summary>
    public static ResponsesAnswer InProgress(ResponsesAnswerContext context) => new(context, ResponseState.InProgress);

    /// <summary>A response that could not be made.</summary>
    public static ResponsesAnswer Failed(ResponsesAnswerContext context, OpenAIError error) => new(context, new ResponseState("failed") { Error = error });

    /// <summary>Writes the response object.</summary>
    /// <param name="isStored">Whether it can be found by its id later.</param>
    public void WriteTo(IBufferWriter<byte> output, bool isStored)
    {
        using var writer = new Utf8JsonWriter(output, ChatJson.Options);
        WriteTo(writer, isStored);
    }

    internal static ResponseState Finish(OutputBuilder builder, ResponseState end, long completedAt) => end with
    {
        Output = builder.Items,
        Usage = builder.Usage,
        CompletedAt = end.Status == OutputItem.Completed ? completedAt : null,
    };

    internal void WriteTo(Utf8JsonWriter writer, bool isStored) => ResponseObjectWriter.Write(writer, context, state with { IsStored = isStored });
}
