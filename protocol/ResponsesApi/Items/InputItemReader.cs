using System.Text.Json;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>Items of <c>input</c>, and of what is stored.</summary>
internal static class InputItemReader
{
    public static InputItem Read(ref WireReader reader)
    {
        if (!reader.AtObject())
        {
            WireReader.Fail("must be an object.");
        }

        var start = reader.Position;
        var fields = new InputItemFields();
        while (reader.NextMember())
        {
            if (!ReadMember(ref reader, fields) && !ReadCall(ref reader, fields))
            {
                fields.Signature = SignatureReader.Read(ref reader) ?? fields.Signature;
            }
        }

        return InputItemBuilder.Build(fields, reader.Slice((int)start), start);
    }

    private static bool ReadMember(ref WireReader reader, InputItemFields fields)
    {
        if (reader.Is("type"u8))
        {
            fields.Type = reader.Text();
            fields.HasType = true;
        }
        else if (reader.Is("id"u8))
        {
            fields.Id = reader.Text();
            fields.HasId = true;
        }
        else if (reader.Is("role"u8))
        {
            fields.Role = MessageReader.ReadRole(ref reader);
        }
        else if (reader.Is("content"u8))
        {
            fields.Content = MessageReader.ReadContent(ref reader);
        }
        else if (reader.Is("encrypted_content"u8))
        {
            fields.EncryptedContent = reader.Text();
        }
        else if (reader.Is("tools"u8))
        {
            ReadTools(ref reader, fields);
        }
        else if (reader.Is("code"u8))
        {
            fields.Code = reader.Text();
        }
        else if (reader.Is("outputs"u8))
        {
            fields.Logs = reader.List(ReadLog, RequestLimits.PartsPerMessageMax);
        }
        else if (reader.Is("result"u8))
        {
            ReadResult(ref reader, fields);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool ReadCall(ref WireReader reader, InputItemFields fields)
    {
        if (reader.Is("call_id"u8))
        {
            fields.CallId = reader.Text();
        }
        else if (reader.Is("name"u8))
        {
            fields.Name = reader.Text();
        }
        else if (reader.Is("namespace"u8))
        {
            fields.Namespace = reader.Text();
        }
        else if (reader.Is("arguments"u8) || reader.Is("input"u8))
        {
            fields.Arguments = ToolCallReader.ReadArguments(ref reader);
        }
        else if (reader.Is("output"u8))
        {
            fields.Output = MessageReader.ReadContent(ref reader);
        }
        else
        {
            return false;
        }

        return true;
    }

    // What a server of OpenAI's offers is listed in the same place, in another form.
    private static void ReadTools(ref WireReader reader, InputItemFields fields)
    {
        if (fields.Type is null or InputItemBuilder.AdditionalTools)
        {
            fields.Tools = ResponsesToolReader.ReadAll(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private static string ReadLog(ref WireReader reader)
    {
        var text = "";
        if (reader.AtObject())
        {
            while (reader.NextMember())
            {
                if (reader.Is("logs"u8))
                {
                    text = reader.Text() ?? "";
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return text;
    }

    private static void ReadResult(ref WireReader reader, InputItemFields fields)
    {
        reader.Read();
        if (reader.Token is JsonTokenType.String)
        {
            fields.Result = reader.String();
        }
        else
        {
            reader.Skip();
        }
    }
}
